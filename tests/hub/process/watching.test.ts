/** What a hub tells whoever watches it, and what `doctor` says of its machine. */
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeHub } from '#server/keys/make-hub.ts';
import { makeLocalAuthority } from '#server/keys/local-authority.ts';
import { examine, type Patient } from '#server/doctor/hub.ts';
import type { Running } from '#server/listening.ts';
import { serve } from '#server/serve.ts';
import { copyEmptyDatabase } from '../../fixtures/empty-database.ts';
import type { Demo } from '../../fixtures/running-hub.ts';
import { startMailServer } from '../../fixtures/mail-server.ts';

let home: string;
let data: string;
let hub: Running;
let demo: Demo;
beforeAll(async () => {
	home = mkdtempSync(join(tmpdir(), 'keyferry-watching-'));
	data = join(home, 'data');
	await copyEmptyDatabase(data);
	hub = await serve({ data, port: 0, demo: true });
	demo = JSON.parse(readFileSync(join(data, 'demo.json'), 'utf8')) as Demo;
});
afterAll(async () => {
	await hub.close();
	rmSync(home, { recursive: true, force: true });
});

const metrics = (headers: Record<string, string> = {}, url = hub.url) =>
	fetch(`${url}/metrics`, { headers });

/** Samples by name and labels. */
async function samples(): Promise<Map<string, number>> {
	const text = await (await metrics()).text();
	const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
	return new Map(
		lines.map((line) => [line.replace(/ [^ ]*$/, ''), Number(/[^ ]*$/.exec(line)![0])])
	);
}

describe('metrics', () => {
	test('are for programs on this machine, not for what a proxy brings', async () => {
		expect((await metrics()).status).toBe(200);
		for (const name of ['x-forwarded-for', 'forwarded', 'via'])
			expect((await metrics({ [name]: '192.0.2.7' })).status, name).toBe(404);
	});

	test('are for no page whose name was led to this machine', async () => {
		const status = (host: string) =>
			new Promise<number | undefined>((done, failed) => {
				const asked = get(`${hub.url}/metrics`, { headers: { host } }, (answer) => {
					answer.resume();
					done(answer.statusCode);
				});
				asked.on('error', failed);
			});
		for (const own of ['localhost:80', '127.0.0.1', '[::1]:1', hostname()])
			expect(await status(own), own).toBe(200);
		for (const foreign of ['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example'])
			expect(await status(foreign), foreign).toBe(404);
	});

	test('with a token are for whoever shows it, and for nobody else', async () => {
		const folder = join(home, 'tokened');
		await copyEmptyDatabase(folder);
		await makeHub({ folder, rootFile: join(home, 'root.json'), iss: 'Example Software' });
		const other = await serve({ data: folder, port: 0, metricsToken: 'a long secret' });
		try {
			expect((await metrics({}, other.url)).status).toBe(404);
			expect((await metrics({ authorization: 'Bearer a long secre' }, other.url)).status).toBe(404);
			const shown = { authorization: 'Bearer a long secret', via: 'proxy' };
			expect((await metrics(shown, other.url)).status).toBe(200);
		} finally {
			await other.close();
		}
	});

	test('count refusals by code, requests by route and transactions, and read the ledger', async () => {
		const before = await samples();
		const body = JSON.stringify({ request: 'nothing of Keyferry' });
		const refused = await fetch(`${hub.url}/v1/activations`, { method: 'POST', body });
		const { code } = (await refused.json()) as { code: string };
		const number = demo.licenses[0]!.number;
		await fetch(
			`${hub.url}/rpc/license.find?input=${encodeURIComponent(JSON.stringify({ number }))}`,
			{
				headers: { 'x-keyferry': '1' }
			}
		);
		const after = await samples();
		const grown = (name: string) => (after.get(name) ?? 0) - (before.get(name) ?? 0);
		expect(grown(`keyferry_refusals_total{code="${code}"}`)).toBe(1);
		expect(grown('keyferry_refusals_total{code="SIGN_IN_REQUIRED"}')).toBe(1);
		const route = 'method="GET",route="/rpc/license.find",status="401"';
		expect(grown(`keyferry_http_request_seconds_count{${route}}`)).toBe(1);
		expect(after.get('keyferry_transaction_seconds_count')).toBeGreaterThan(0);
		expect(after.get('keyferry_hub_key_ends_seconds')).toBeGreaterThan(Date.now() / 1000);
		expect(after.get('keyferry_waiting_requests')).toBe(0);
		expect(after.get('keyferry_mail{state="failed"}')).toBe(0);
		const tight = [...after.keys()].filter((name) => name.includes('seats_used_ratio'));
		expect(tight).toEqual([
			`keyferry_license_seats_used_ratio{license="${demo.licenses[2]!.number}"}`
		]);
	});

	test('say nothing of people, machines or keys', async () => {
		const text = await (await metrics()).text();
		for (const secret of [demo.token, ...demo.users.map(({ email }) => email), 'vault-a'])
			expect(text).not.toContain(secret);
	});
});

describe('doctor', () => {
	const look = async (changes: Partial<Patient> = {}) => {
		const findings = await examine({ data, port: 0, host: '127.0.0.1', ...changes });
		return Object.fromEntries(findings.map(({ name, ...found }) => [name, found]));
	};
	const states = (found: Awaited<ReturnType<typeof look>>) =>
		Object.fromEntries(Object.entries(found).map(([name, { state }]) => [name, state]));

	test('finds nothing wrong with a hub that runs', async () => {
		const found = await look({ url: hub.url });
		expect(Object.values(states(found))).not.toContain('bad');
		expect(found.port!.says).toBe('The hub of this folder runs.');
		expect(found.address!.state).toBe('ok');
	});

	test('finds nothing but what is missing in a folder that is not there', async () => {
		const found = await look({ data: join(home, 'nowhere') });
		expect(found).toMatchObject({
			folder: { state: 'bad', mend: 'Make a hub in it: keyferry init.' },
			keys: { state: 'bad' }
		});
	});

	test('finds keys that others may read, a port in use and an address that is no hub', async () => {
		const folder = join(home, 'sick');
		await makeHub({ folder, rootFile: join(home, 'sick-root.json'), iss: 'Example Software' });
		chmodSync(join(folder, 'secrets.json'), 0o644);
		const taken = createServer((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\nhello')).listen(
			0,
			'127.0.0.1'
		);
		await once(taken, 'listening');
		const { port } = taken.address() as AddressInfo;
		const found = await look({ data: folder, port, url: `http://127.0.0.1:${port}` });
		taken.close();
		expect(found).toMatchObject({
			rights: { state: 'bad', says: 'Others may read secrets.json.' },
			port: { state: 'bad' },
			address: { state: 'bad' },
			keys: { state: 'ok' }
		});
	});

	test('knows whom a certificate is for', async () => {
		const folder = join(home, 'tls');
		await makeHub({ folder, rootFile: join(home, 'tls-root.json'), iss: 'Example Software' });
		await makeLocalAuthority(folder, ['hub.example.com']);
		const found = async (url: string) => (await look({ data: folder, url })).certificate!;
		expect(await found('https://hub.example.com')).toMatchObject({ state: 'ok' });
		expect(await found('https://127.0.0.1')).toMatchObject({ state: 'ok' });
		expect(await found('https://other.example.com')).toMatchObject({
			state: 'bad',
			says: 'It is not for other.example.com.'
		});
	});

	test('greets the mail server, and says when there is none', async () => {
		const server = await startMailServer();
		const from = 'Example Software <licenses@example.com>';
		const smtp = { url: new URL(server.url), from };
		expect((await look({ smtp })).mail!.state).toBe('ok');
		expect(server.received).toEqual([]);
		await server.stop();
		expect((await look({ smtp })).mail!.state).toBe('bad');
		expect((await look()).mail!.state).toBe('note');
	});
});
