/**
 * The matrix in its other dimensions: under another Host, in another person's name, and too often.
 * The lists come from the hub itself: what is new is asked too, and answers like the rest or fails.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { openEndpoints } from '#server/auth/auth.ts';
import { proxiesOf } from '#server/http/caller.ts';
import { defaultLimits } from '#server/http/rate-limit.ts';
import { makeApp, type AppParts } from '#server/roles/hub-app.ts';
import { router } from '#server/rpc/router.ts';
import type { Running } from '#server/listening.ts';
import { serve } from '#server/serve.ts';
import { copyEmptyDatabase } from '../fixtures/empty-database.ts';
import type { Demo } from '../fixtures/running-hub.ts';

const PUBLIC = 'https://licenses.example';
const PROCEDURES = Object.entries(
	router._def.procedures as unknown as Record<string, { _def: { type: 'query' | 'mutation' } }>
);
const ROUTES = [
	...new Set(
		makeApp({ limits: defaultLimits } as AppParts)
			.routes.filter(({ path }) => !path.startsWith('/auth') && !path.startsWith('/rpc'))
			.map(({ method, path }) => `${method} ${path}`)
	),
	...openEndpoints.map(([method, path]) => `${method} /auth${path}`),
	...PROCEDURES.map(([name, { _def }]) => `${_def.type === 'query' ? 'GET' : 'POST'} /rpc/${name}`)
].map((route) => {
	const [method, path] = route.split(' ') as [string, string];
	return { route, method: method === 'ALL' ? 'GET' : method, path: path.replace('*', 'nothing') };
});

let home: string;
let hub: Running;
let demo: Demo;
beforeAll(async () => {
	home = mkdtempSync(join(tmpdir(), 'keyferry-dimensions-'));
	const data = join(home, 'data');
	await copyEmptyDatabase(data);
	// This test is the proxy: it says from which address it calls.
	const reach = { origin: PUBLIC, proxies: proxiesOf(['127.0.0.1', '::1'])! };
	hub = await serve({
		data,
		port: 0,
		demo: true,
		reach,
		limits: { perAddress: 3, perNumber: 3 }
	});
	demo = JSON.parse(readFileSync(join(data, 'demo.json'), 'utf8')) as Demo;
});
afterAll(async () => {
	await hub.close();
	rmSync(home, { recursive: true, force: true });
});

type Call = { method: string; path: string; headers?: Record<string, string>; from?: string };
type Answer = { status: number; text: string; cookie: string };

/** A browser, or a script, that names whatever Host it likes. */
function ask({ method, path, headers, from = '198.51.100.1' }: Call, body = '{}'): Promise<Answer> {
	const { hostname, port } = new URL(hub.url);
	const sent = {
		host: new URL(PUBLIC).host,
		'content-type': 'application/json',
		'x-keyferry': '1',
		'x-forwarded-for': from,
		'x-forwarded-proto': 'https',
		...headers
	};
	return new Promise((resolve, reject) => {
		const request = httpRequest({ hostname, port, method, path, headers: sent }, (answer) => {
			let text = '';
			answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
			answer.on('end', () => {
				const cookie = answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
				resolve({ status: answer.statusCode!, text, cookie });
			});
		});
		request.on('error', reject);
		request.end(method === 'GET' ? undefined : body);
	});
}

describe('[HT1] under another Host, with the key of staff', () => {
	/** Asked by whoever watches the machine, under whatever name it has there. */
	const anywhere = ['GET /health/live', 'GET /health/ready'];
	test.for(ROUTES)('$route', async ({ route, method, path }) => {
		const headers = { authorization: `Bearer ${demo.token}`, host: 'evil.example' };
		const answer = await ask({ method, path, headers });
		// For programs beside the hub, whatever they call it; this one comes through a proxy.
		const found = route === 'GET /metrics' ? 404 : anywhere.includes(route) ? 200 : 421;
		expect(answer.status).toBe(found);
		if (found === 421) expect(answer.text).toContain('HOST_NOT_SERVED');
	});
});

/** What nobody is told, where that is not to sign in: a code opens an invitation. */
const asNobody: Record<string, RegExp> = {
	'session.me': /"data":null/,
	'device.ended': /BODY_INVALID/,
	'face.read': /BODY_INVALID/,
	'people.invitation': /BODY_INVALID/,
	'people.accept': /BODY_INVALID/
};

test('[PE5] in another person’s name every procedure answers as to nobody', async () => {
	const { email, password } = demo.users.find(({ role }) => role === 'staff')!;
	const signedIn = await ask(
		{ method: 'POST', path: '/auth/sign-in/email' },
		JSON.stringify({ email, password })
	);
	const headers = { cookie: signedIn.cookie };
	const me = await ask({ method: 'GET', path: '/rpc/session.me', headers });
	const { result } = JSON.parse(me.text) as { result: { data: { user: { id: string } } } };
	const own = { ...headers, 'x-keyferry-user': result.data.user.id };
	expect((await ask({ method: 'GET', path: '/rpc/session.me', headers: own })).text).toBe(me.text);
	for (const [at, [name, { _def }]] of PROCEDURES.entries()) {
		const call = { method: _def.type === 'query' ? 'GET' : 'POST', path: `/rpc/${name}` };
		const from = `203.0.113.${at}`;
		const meant = { ...headers, 'x-keyferry-user': uuidv7() };
		const [other, nobody] = [
			await ask({ ...call, from, headers: meant }),
			await ask({ ...call, from })
		];
		expect(other, name).toEqual(nobody);
		expect(other.text).toMatch(asNobody[name] ?? /SIGN_IN_REQUIRED/);
	}
});

describe('[HT1] asked too often from one address', () => {
	/** Cheap, or answered from memory; and one-page answers of the sign-in library have its own limit. */
	const unlimited = new Set([
		'ALL /*',
		'ALL /v1/*',
		'GET /',
		'GET /health/live',
		'GET /health/ready',
		'GET /metrics',
		'GET /.well-known/jwks.json',
		'GET /.well-known/keyferry-roots.json',
		'GET /.well-known/keyferry.kftrust',
		'GET /.well-known/keyferry-ca.crt',
		'GET /v1/openapi.json'
	]);
	const asked = ROUTES.filter(({ path }) => !path.startsWith('/auth'));
	test('what has no limit is in the list, and nothing else', () => {
		// Without a build of the desk the hub says so at `/`, by a route of its own.
		const always = [...unlimited].filter((route) => route !== 'GET /');
		expect(asked.map(({ route }) => route)).toEqual(expect.arrayContaining(always));
	});
	test.for(asked.map((each, at) => ({ ...each, from: `192.0.2.${at}` })))(
		'$route',
		async ({ route, method, path, from }) => {
			const statuses = new Set<number>();
			// Ten procedures count as one request.
			for (let n = 0; n < 32; n++) statuses.add((await ask({ method, path, from })).status);
			expect(statuses.has(429)).toBe(!unlimited.has(route));
			expect(
				(await ask({ method, path, from: from.replace('192.0.2', '203.0.113') })).status
			).not.toBe(429);
		}
	);
});
