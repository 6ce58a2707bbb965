/**
 * A hub behind proxies that end TLS: one of Node's own in any case, nginx where this machine has it.
 * Who signs in there does so over HTTPS at the public address, and knows of no other.
 */
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { createServer as createTlsServer, request as httpsRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { proxiesOf } from '#server/http/caller.ts';
import { makeLocalAuthority } from '#server/keys/local-authority.ts';
import type { Running } from '#server/listening.ts';
import { serve } from '#server/serve.ts';
import { copyEmptyDatabase } from '../../fixtures/empty-database.ts';
import { freePort, type Demo } from '../../fixtures/running-hub.ts';
import { KEYFERRY } from '../../fixtures/program.ts';

const NAME = 'keys.example.internal';
const nginx = ['nginx', '/usr/sbin/nginx'].find((path) => spawnSync(path, ['-v']).status === 0);

let home: string;
let hub: Running;
let demo: Demo;
const inTls = (name: string) => join(home, 'tls', name);

/** A proxy in front of `target`; ends when it is told. */
type Proxy = { port: number; end: () => Promise<void> };

async function nodeProxy(target: string, port: number): Promise<Proxy> {
	const tls = { cert: readFileSync(inTls('server.crt')), key: readFileSync(inTls('server.key')) };
	const server = createTlsServer(tls, (request, response) => {
		const headers = {
			...request.headers,
			'x-forwarded-proto': 'https',
			'x-forwarded-for': [request.headers['x-forwarded-for'], request.socket.remoteAddress]
				.filter((hop) => hop !== undefined)
				.join(', ')
		};
		const onward = httpRequest(`${target}${request.url ?? ''}`, {
			method: request.method,
			headers
		});
		onward.on('response', (answer) => {
			response.writeHead(answer.statusCode!, answer.headers);
			answer.pipe(response);
		});
		request.pipe(onward);
	});
	server.listen(port, '127.0.0.1');
	await once(server, 'listening');
	return {
		port: (server.address() as AddressInfo).port,
		end: async () => {
			server.close();
			server.closeAllConnections();
		}
	};
}

async function nginxProxy(target: string, port: number): Promise<Proxy> {
	const folder = join(home, 'nginx');
	mkdirSync(folder, { recursive: true });
	const config = join(folder, 'nginx.conf');
	// The lines of docs/operations.md, in the least configuration that runs without root.
	const operations = readFileSync(join(import.meta.dirname, '../../../docs/operations.md'), 'utf8');
	const [, location = ''] = /```nginx\n([^]*?)```/.exec(operations)!;
	const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
		(each) => `${each}_temp_path ${join(folder, each)};`
	);
	writeFileSync(
		config,
		`daemon off; pid ${join(folder, 'pid')}; error_log ${join(folder, 'error.log')};
		events {}
		http { access_log off; ${temp.join(' ')}
			server { listen 127.0.0.1:${port} ssl; server_name ${NAME};
				ssl_certificate ${inTls('server.crt')}; ssl_certificate_key ${inTls('server.key')};
				${location.replaceAll('http://127.0.0.1:4870', target)} } }`
	);
	const child: ChildProcess = spawn(nginx!, ['-c', config, '-e', join(folder, 'error.log')], {
		stdio: ['ignore', 'pipe', 'pipe']
	});
	let said = '';
	child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
	for (;;) {
		if (child.exitCode !== null) throw new Error(`nginx ended: ${said}`);
		const answer = await ask(port, { path: '/health/live' }).catch(() => undefined);
		if (answer) break;
		await sleep(50);
	}
	return {
		port,
		end: async () => {
			child.kill('SIGTERM');
			if (child.exitCode === null) await once(child, 'exit');
		}
	};
}

type Answer = { status: number; headers: IncomingHttpHeaders; text: string };

function ask(
	port: number,
	{ path, method = 'GET', headers = {}, body = '', host = `${NAME}:${port}` }: Ask
): Promise<Answer> {
	return new Promise((resolve, reject) => {
		const sent = httpsRequest({
			host: '127.0.0.1',
			port,
			path,
			method,
			ca: readFileSync(inTls('ca.crt')),
			servername: NAME,
			agent: false,
			// Another than the proxy's own, which is trusted.
			localAddress: process.platform === 'linux' ? '127.0.0.2' : undefined,
			headers: { host, ...headers }
		});
		sent.on('error', reject);
		sent.on('response', (answer) => {
			let text = '';
			answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
			answer.on('end', () =>
				resolve({ status: answer.statusCode!, headers: answer.headers, text })
			);
		});
		sent.end(body);
	});
}

type Ask = {
	path: string;
	method?: string;
	headers?: Record<string, string>;
	body?: string;
	host?: string;
};

const signIn = (port: number, more: Partial<Ask> & { origin?: string } = {}) => {
	const { email, password } = demo.users.find(({ role }) => role === 'manager')!;
	const { origin = `https://${NAME}:${port}`, ...rest } = more;
	return ask(port, {
		path: '/auth/sign-in/email',
		method: 'POST',
		body: JSON.stringify({ email, password }),
		...rest,
		headers: { 'content-type': 'application/json', origin, ...rest.headers }
	});
};
const problemOf = ({ text }: Answer) => JSON.parse(text) as { code?: string; facts?: object };

beforeAll(async () => {
	home = mkdtempSync(join(tmpdir(), 'keyferry-proxy-'));
	await makeLocalAuthority(home, [NAME]);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const kinds: [string, (target: string, port: number) => Promise<Proxy>, string | undefined][] = [
	['a proxy of Node', nodeProxy, undefined],
	['nginx', nginxProxy, nginx ? undefined : 'no nginx on this machine']
];

describe.for(kinds)('behind %s', ([, start, reason]) => {
	describe.for(['with a public address', 'under any name'])('%s', (how) => {
		let proxy: Proxy;
		const data = () => join(home, `data-${start.name}-${how.length}`);
		beforeAll(async () => {
			if (reason) return;
			const port = await freePort();
			await copyEmptyDatabase(data());
			const origin = how === 'under any name' ? undefined : `https://${NAME}:${port}`;
			const reach = { origin, proxies: proxiesOf(['127.0.0.1'])! };
			hub = await serve({ data: data(), port: 0, demo: true, reach });
			demo = JSON.parse(readFileSync(join(data(), 'demo.json'), 'utf8')) as Demo;
			proxy = await start(hub.url.replace('localhost', '127.0.0.1'), port);
		});
		afterAll(async () => {
			if (reason) return;
			await proxy.end();
			await hub.close();
		});

		test('[HT1] people sign in, and their cookie is for encrypted lines only', async ({ skip }) => {
			skip(reason !== undefined, reason);
			const answer = await signIn(proxy.port);
			expect(answer.status, answer.text).toBe(200);
			const [cookie = ''] = answer.headers['set-cookie'] ?? [];
			expect(cookie).toMatch(/^__Secure-.*; Secure/);
			expect(answer.headers['strict-transport-security']).toBeTruthy();
			const me = await ask(proxy.port, {
				path: '/rpc/session.me',
				headers: { 'x-keyferry': '1', cookie: cookie.split(';')[0]! }
			});
			expect(JSON.parse(me.text)).toMatchObject({
				result: {
					data: { user: { email: demo.users.find(({ role }) => role === 'manager')!.email } }
				}
			});
		});

		test('[HT1] a page of another site signs nobody in', async ({ skip }) => {
			skip(reason !== undefined, reason);
			for (const origin of ['https://evil.example', `http://${NAME}:${proxy.port}`, 'null']) {
				const answer = await signIn(proxy.port, { origin });
				expect(answer.status, origin).toBe(403);
				expect(answer.headers['set-cookie']).toBeUndefined();
			}
		});

		test('[HT1] callers are told apart, whatever they write into their headers', async ({
			skip
		}) => {
			skip(reason !== undefined || process.platform !== 'linux', reason ?? 'one loopback address');
			// One address is refused after thirty tries a minute, and cannot make up others.
			const tries = Array.from({ length: 40 }, async (_, n) => {
				const body = JSON.stringify({ email: `nobody-${n}@example.com`, password: 'wrong enough' });
				const headers = { 'x-forwarded-for': `203.0.113.${n}` };
				return (await signIn(proxy.port, { body, headers })).status;
			});
			expect(await Promise.all(tries)).toContain(429);
		});

		test('[HT1] another Host is refused where there is a public address', async ({ skip }) => {
			skip(reason !== undefined, reason);
			for (const path of ['/', '/rpc/session.me', '/auth/get-session', '/v1/openapi.json']) {
				const answer = await ask(proxy.port, { path, host: 'evil.example' });
				if (how === 'under any name') expect(answer.status).not.toBe(421);
				else {
					expect(answer.status, path).toBe(421);
					expect(problemOf(answer)).toMatchObject({
						code: 'HOST_NOT_SERVED',
						facts: { address: `https://${NAME}:${proxy.port}` }
					});
				}
			}
			const live = await ask(proxy.port, { path: '/health/live', host: '10.0.0.9' });
			expect(live.status).toBe(200);
			if (how === 'with a public address') expect(demo.hub).toBe(`https://${NAME}:${proxy.port}`);
		});
	});
});

test('[HT1] serve says which addresses it cannot take', () => {
	for (const args of [
		['--url', 'hub.example.com'],
		['--url', 'https://hub.example.com/keyferry'],
		['--proxy', '10.0.0.0/99']
	]) {
		const run = spawnSync(process.execPath, [
			KEYFERRY,
			'serve',
			'--data',
			join(home, 'none'),
			...args
		]);
		expect(run.status, String(run.stderr)).toBe(2);
	}
	const help = execFileSync(process.execPath, [KEYFERRY, 'serve', '--help'], { encoding: 'utf8' });
	expect(help).toMatch(/--url[^]*--proxy/);
});
