import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serve } from '#server/serve.ts';
import { askFor, claimsOf, makeMachine } from '../../fixtures/hub.ts';
import { freePort, startHub, type RunningHub } from '../../fixtures/running-hub.ts';
import { KEYFERRY } from '../../fixtures/program.ts';

/** Runs a command to its end. */
async function run(args: string[]): Promise<{ code: number | null; said: string }> {
	const child = spawn(process.execPath, [KEYFERRY, ...args], { stdio: 'pipe' });
	let said = '';
	for (const stream of [child.stdout, child.stderr])
		stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
	const [code] = (await once(child, 'exit')) as [number | null];
	return { code, said };
}

describe('a hub as a process', () => {
	let hub: RunningHub;
	beforeAll(async () => {
		hub = await startHub({ args: ['--log'] });
	});
	afterAll(() => hub.stop());

	test('a second one on its folder is refused in one sentence that names it', async () => {
		const { code, said } = await run(['serve', '--data', hub.data, '--port', '0']);
		expect(code).toBe(1);
		expect(said).toMatch(
			new RegExp(
				`^keyferry: The folder .* is in use by keyferry serve \\(process ${hub.process.pid}, `
			)
		);
		expect(said).toMatch(/choose another folder with --data\.\n$/);
		expect(said.trim().split('\n')).toHaveLength(1);
	});

	test.skipIf(process.platform !== 'linux')('its process is one that keeps little memory', () => {
		const of = (what: string) =>
			readFileSync(`/proc/${hub.process.pid}/${what}`, 'utf8').split('\0');
		expect(of('cmdline')).toContain('--max-semi-space-size=8');
		expect(of('environ')).toContain('MALLOC_TRIM_THRESHOLD_=131072');
	});

	test('[DB3] a port in use, a folder without keys, an unknown role and workers without PostgreSQL are one sentence each', async () => {
		const empty = mkdtempSync(join(tmpdir(), 'keyferry-empty-'));
		// Of one that is empty the hub would be set up in the browser.
		mkdirSync(join(empty, 'new/keys'), { recursive: true });
		const taken = ['serve', '--demo', '--data', join(empty, 'demo'), '--port', String(hub.port)];
		for (const [args, sentence] of [
			[taken, `Port ${hub.port} is in use`],
			[['serve', '--data', join(empty, 'new'), '--port', '0'], 'keyferry init --data'],
			[['serve', '--data', empty, '--role', 'site', '--port', '0'], 'no root keys'],
			[['serve', '--data', join(empty, 'demo'), '--workers', '3'], 'move to PostgreSQL']
		] as const) {
			const { code, said } = await run([...args]);
			expect([code, said]).toEqual([1, expect.stringContaining(sentence)]);
			expect(said.trim().split('\n')).toHaveLength(1);
		}
		rmSync(empty, { recursive: true, force: true });
	});

	test('its log names requests and no secret', async () => {
		const { email, password } = hub.demo.users[0]!;
		const headers = { 'content-type': 'application/json' };
		const signedIn = await fetch(`${hub.address}/auth/sign-in/email?secret=in-the-query`, {
			method: 'POST',
			headers,
			body: JSON.stringify({ email, password })
		});
		const cookie = signedIn.headers.getSetCookie()[0]!.split(';')[0]!;
		const { number, key } = hub.demo.licenses[1]!;
		const { sec } = claimsOf<'license'>(key);
		const request = await askFor({ number, sec }, await makeMachine());
		const authorization = `Bearer ${hub.demo.token}`;
		await fetch(`${hub.address}/v1/activations`, {
			method: 'POST',
			headers: { ...headers, authorization },
			body: JSON.stringify({ request })
		});
		await expect.poll(() => hub.log()).toContain('"path":"/v1/activations"');
		const log = hub.log();
		for (const secret of [password, cookie, sec, hub.demo.token, request, 'in-the-query'])
			expect(log).not.toContain(secret);
	});

	test('it ends in order when it is told to, and starts again with what it had', async () => {
		const { number, key } = hub.demo.licenses[1]!;
		const { sec } = claimsOf<'license'>(key);
		const request = await askFor({ number, sec }, await makeMachine());
		const submit = async (address: string) => {
			const answer = await fetch(`${address}/v1/activations`, {
				method: 'POST',
				body: JSON.stringify({ request })
			});
			return [answer.status, ((await answer.json()) as { file: string }).file] as const;
		};
		const [first, file] = await submit(hub.address);
		await hub.end('SIGTERM');
		expect([first, hub.process.exitCode]).toEqual([201, 0]);
		const again = await startHub({ data: hub.data });
		expect(again.demo.hub).toBe(again.address);
		expect(await submit(again.address)).toEqual([200, file]);
		await again.stop();
	});

	test('[FI1] what was answered before kill -9 is there after it', async () => {
		const killed = await startHub();
		const { number, key } = killed.demo.licenses[1]!;
		const { sec } = claimsOf<'license'>(key);
		const request = await askFor({ number, sec }, await makeMachine());
		const submit = async (address: string) => {
			const body = JSON.stringify({ request });
			const answer = await fetch(`${address}/v1/activations`, { method: 'POST', body });
			return (await answer.json()) as { file: string };
		};
		const { file } = await submit(killed.address);
		await killed.end('SIGKILL');
		const again = await startHub({ data: killed.data });
		expect((await submit(again.address)).file).toBe(file);
		await again.stop();
		await killed.stop();
	});
});

describe('TLS by a local authority', () => {
	let home: string;
	beforeAll(() => {
		home = mkdtempSync(join(tmpdir(), 'keyferry-tls-'));
	});
	afterAll(() => rmSync(home, { recursive: true, force: true }));

	test('init --tls makes one that a client can trust under each name', async () => {
		const data = join(home, 'data');
		const rootOut = join(home, 'root.json');
		const made = ['--data', data, '--root-out', rootOut, '--tls', '--host', 'hub.lan,192.0.2.7'];
		expect(await run(['init', ...made])).toMatchObject({ code: 0 });
		const refused = await run(['init', ...made]);
		expect(refused).toMatchObject({
			code: 1,
			said: expect.stringContaining('holds a hub already')
		});

		const port = await freePort();
		const running = await serve({ data, port });
		const ca = readFileSync(join(data, 'tls', 'ca.crt'), 'utf8');
		const get = (host: string, path: string) =>
			new Promise<{ status?: number; headers: object; body: string }>((resolve, reject) => {
				const options = { host: '127.0.0.1', servername: host, port, path, ca };
				const sent = httpsRequest({ ...options, headers: { host } }, (answer) => {
					let body = '';
					answer.on('data', (chunk: Buffer) => (body += chunk.toString()));
					answer.on('end', () =>
						resolve({ status: answer.statusCode, headers: answer.headers, body })
					);
				});
				sent.on('error', reject);
				sent.end();
			});
		expect(running.url).toBe(`https://localhost:${port}`);
		for (const host of ['localhost', 'hub.lan'])
			expect(await get(host, '/health/ready')).toMatchObject({
				status: 200,
				headers: { 'strict-transport-security': expect.any(String) }
			});
		expect((await get('hub.lan', '/.well-known/keyferry-ca.crt')).body).toBe(ca);
		await expect(get('other.lan', '/health/ready')).rejects.toThrow(/altnames/);
		await running.close();

		const authority = new X509Certificate(ca);
		const server = new X509Certificate(readFileSync(join(data, 'tls', 'server.crt')));
		expect(authority.ca).toBe(true);
		expect(server.ca).toBe(false);
		expect(server.verify(authority.publicKey)).toBe(true);
		expect(server.checkIP('192.0.2.7')).toBe('192.0.2.7');
		expect(server.checkIP('127.0.0.1')).toBe('127.0.0.1');
	});

	test('own certificate files that cannot be read are said so', async () => {
		const data = join(home, 'data');
		const start = serve({ data, port: 0, tlsCert: join(home, 'nothing.crt') });
		await expect(start).rejects.toMatchObject({ code: 'TLS_FILES_INVALID' });
	});
});
