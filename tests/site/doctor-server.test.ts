/** `keyferry doctor --server`: what a client finds of a site server; every line holds once, and fails once. */
import { writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isRefusal } from '#lib/domain/refusal.ts';
import { examineServer, type ClientDoctorArgs } from '#server/cli/field/doctor-server.ts';
import { makeLocalAuthority } from '#server/keys/local-authority.ts';
import type { RunningSite } from '#server/serve-site.ts';
import {
	makeSiteMachine,
	makeVendor,
	openTestSite,
	type SiteMachine
} from '../fixtures/running-site.ts';
import { Client } from './client.ts';

let machine: SiteMachine;
let running: RunningSite;
beforeAll(async () => {
	machine = makeSiteMachine(await makeVendor());
	const products = { products: [{ product: 'atlas-server', version: '8.2' }] };
	writeFileSync(join(machine.data, 'product.json'), JSON.stringify(products));
	running = await openTestSite(machine);
});
afterAll(async () => {
	await running.close();
	machine.remove();
});

type Found = Record<string, { state: string; says: string; mend?: string }>;

async function look(changes: Partial<ClientDoctorArgs> = {}): Promise<Found & { exit: number }> {
	const { roots } = machine;
	const client = { product: 'atlas-server', version: '8.2' };
	const outcome = await examineServer({ server: running.url, roots, ...client, ...changes });
	if (isRefusal(outcome)) throw new Error(outcome.refused);
	const { findings } = outcome.json as {
		findings: { name: string; state: string; says: string }[];
	};
	const found = Object.fromEntries(findings.map(({ name, ...rest }) => [name, rest]));
	return { ...found, exit: outcome.exit ?? 0 } as Found & { exit: number };
}

test('[ST6] a server without a license, then one that may be worked with, then one that is full', async () => {
	expect(await look()).toMatchObject({
		exit: 3,
		name: { state: 'ok' },
		reach: { state: 'ok', says: `${running.url} answers.` },
		tls: { state: 'ok', says: expect.stringContaining('Not encrypted') },
		license: { state: 'bad', mend: expect.stringMatching(/./) }
	});
	await machine.activate();
	await running.site.refresh();
	expect(await look()).toMatchObject({
		exit: 0,
		clock: { state: 'ok', says: 'The server’s clock is as this one.' },
		versions: { state: 'ok', says: expect.stringContaining('for version 8.2, the client is 8.2') },
		license: { state: 'ok' },
		clients: { state: 'ok', says: '0 of 2 clients are in use.' }
	});
	expect((await look({ version: '9.0' })).versions).toMatchObject({
		state: 'note',
		mend: 'Update whichever is older.'
	});
	expect(running.site.pools.list()).toEqual([]);
	for (const user of ['Ada', 'Bo']) await new Client(running.url).claim({ user });
	expect((await look()).clients).toMatchObject({
		state: 'bad',
		says: '2 of 2 clients are in use.'
	});
});

test('[ST6] a name that nobody knows, and an address where nothing answers', async () => {
	expect(await look({ server: 'no-such-host.invalid' })).toMatchObject({
		exit: 3,
		name: { state: 'bad', says: 'no-such-host.invalid is no name that is known here.' }
	});
	expect((await look({ server: '127.0.0.1:9' })).reach).toMatchObject({ state: 'bad' });
});

test('[ST6] a clock that is an hour behind', async () => {
	const date = new Date(Date.now() - 3_600_000).toUTCString();
	const behind = createServer((_, answer) => answer.writeHead(200, { date }).end('{}'));
	behind.listen(0, '127.0.0.1');
	await once(behind, 'listening');
	const { port } = behind.address() as AddressInfo;
	const { clock, reach } = await look({ server: `http://127.0.0.1:${port}` });
	behind.close();
	expect(clock).toMatchObject({
		state: 'bad',
		says: expect.stringMatching(/^The server’s clock is 3[56]\d\d seconds behind this one\.$/)
	});
	expect(reach).toMatchObject({ state: 'bad' });
});

test('[ST6] a certificate that is not trusted, until its authority is named', async () => {
	const { data } = machine;
	await running.close();
	const ca = await makeLocalAuthority(data, []);
	running = await openTestSite(machine);
	expect((await look()).tls).toMatchObject({
		state: 'bad',
		mend: expect.stringContaining('--ca')
	});
	expect((await look({ ca })).tls).toMatchObject({
		state: 'ok',
		says: 'Encrypted, by a certificate that is trusted here.'
	});
});
