/** Commands on the machine of a site server: they ask the one that runs, in the name of its folder. */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningSite } from '#server/serve-site.ts';
import { writeReport } from '#server/site/usage/report.ts';
import {
	makeSiteMachine,
	makeVendor,
	openTestSite,
	type SiteMachine
} from '../fixtures/running-site.ts';
import { Client } from './client.ts';
import { KEYFERRY } from '../fixtures/program.ts';

let machine: SiteMachine;
let running: RunningSite;
beforeAll(async () => {
	machine = makeSiteMachine(await makeVendor());
	running = await openTestSite(machine);
	await machine.activate({ org: 'North Works' });
	await running.site.refresh();
});
afterAll(async () => {
	await running.close();
	machine.remove();
});

type Ended = { code: number; out: unknown; text: string };

function keyferry(...args: string[]): Promise<Ended> {
	return new Promise((done) => {
		const place = args[0] === 'verify' ? ['--roots', machine.roots] : ['--data', machine.data];
		const all = [KEYFERRY, ...args, ...place, '--json'];
		execFile(process.execPath, all, (error, stdout, stderr) => {
			const code = typeof error?.code === 'number' ? error.code : 0;
			done({ code, out: stdout === '' ? undefined : JSON.parse(stdout), text: stderr });
		});
	});
}

test('[RS2, LE4] resources are imported and listed, leases listed and ended with a reason', async () => {
	const file = join(machine.data, '../list.csv');
	writeFileSync(file, 'name,customer\nplant-west,North Works\nplant-east,Nobody\n');
	expect(await keyferry('resource', 'import', file)).toMatchObject({
		code: 3,
		out: { imported: 1, wrong: 1, problems: [{ line: 3, fault: 'not-active-here' }] }
	});
	expect(await keyferry('resource', 'list')).toMatchObject({
		code: 0,
		out: [{ name: 'plant-west', inUse: 0, isOpen: true }]
	});
	const client = new Client(running.url);
	const held = await client.claim({ user: 'Ada', resource: 'plant-west' });
	expect(await keyferry('lease', 'list')).toMatchObject({
		out: { pools: [{ inUse: 1 }], clients: [{ id: held.id, user: 'Ada' }] }
	});
	expect(await keyferry('lease', 'end', held.id, '--reason', 'Noon')).toMatchObject({ code: 0 });
	expect(await client.renew(held)).toMatchObject({
		status: 410,
		proven: true,
		body: { code: 'LEASE_ENDED', facts: { reason: 'Noon' } }
	});
	expect(await keyferry('lease', 'end', held.id, '--reason', 'Again')).toMatchObject({
		code: 3,
		out: { refused: 'LEASE_ENDED' }
	});
	expect((await keyferry('resource', 'remove', 'plant-west')).code).toBe(0);
	expect((await keyferry('resource', 'list')).out).toEqual([]);
	// No session is left behind.
	const sessions = running.site.store.db.prepare('SELECT count(*) AS n FROM admin_session').get();
	expect(sessions).toEqual({ n: 0 });
});

test('[US2] a report is verified wherever it was carried, by the roots of the vendor alone', async () => {
	const { site } = running;
	const [pool] = site.pools.summary();
	const hour = Math.floor(site.now() / 3600);
	const report = await writeReport(site.folder, {
		site: 'Plant west',
		activationFile: pool!.files[0]!,
		clients: pool!.clients,
		hours: site.usage.hours({ from: hour, to: hour + 1 }),
		span: { from: hour, to: hour + 1 },
		now: site.now()
	});
	const file = join(machine.data, '../usage.kfuse');
	writeFileSync(file, report);
	expect(await keyferry('verify', file)).toMatchObject({
		code: 0,
		out: { type: 'usage', signedBy: 'its site server', claims: { site: 'Plant west', hour } }
	});
});

test('[ST3] where no server runs, that is said', async () => {
	await running.close();
	const { code, text } = await keyferry('lease', 'list');
	expect([code, text]).toEqual([1, expect.stringContaining('No site server runs')]);
	running = await openTestSite(machine);
});
