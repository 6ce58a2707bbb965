import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isRefusal } from '#lib/domain/refusal.ts';
import { readFile } from '#lib/formats/file.ts';
import { verifyFile } from '#lib/signing/chain.ts';
import type { PublicJwk } from '#lib/formats/tokens.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import type { Running } from '#server/listening.ts';
import { serve } from '#server/serve.ts';
import { copyEmptyDatabase } from '../../fixtures/empty-database.ts';
import type { Demo } from '../../fixtures/running-hub.ts';
import { askFor, claimsOf, makeMachine } from '../../fixtures/hub.ts';

let home: string;
let hub: Running;
let demo: Demo;
let roots: PublicJwk[];
const data = () => join(home, 'data');

beforeAll(async () => {
	home = mkdtempSync(join(tmpdir(), 'keyferry-http-'));
	await copyEmptyDatabase(data());
	hub = await serve({ data: data(), port: 0, demo: true });
	demo = JSON.parse(readFileSync(join(data(), 'demo.json'), 'utf8')) as Demo;
	const answer = await fetch(`${hub.url}/.well-known/keyferry-roots.json`);
	roots = ((await answer.json()) as { keys: PublicJwk[] }).keys;
});
afterAll(async () => {
	await hub.close();
	rmSync(home, { recursive: true, force: true });
});

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
	fetch(`${hub.url}${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body: JSON.stringify(body)
	});
const rpc = (procedure: string, headers: Record<string, string>, input?: unknown) =>
	input === undefined
		? fetch(`${hub.url}/rpc/${procedure}`, { headers: { 'x-keyferry': '1', ...headers } })
		: post(`/rpc/${procedure}`, input, { 'x-keyferry': '1', ...headers });
const bearer = () => ({ authorization: `Bearer ${demo.token}` });
const licenseFor = (at: number) => {
	const { number, key } = demo.licenses[at]!;
	return { number, sec: claimsOf<'license'>(key).sec };
};

async function signIn(role: string): Promise<{ cookie: string }> {
	const { email, password } = demo.users.find((user) => user.role === role)!;
	const answer = await post('/auth/sign-in/email', { email, password });
	expect(answer.status).toBe(200);
	return { cookie: answer.headers.getSetCookie()[0]!.split(';')[0]! };
}

describe('[GL1] a site server that asks for a license', () => {
	test('activates with what a person gave it: that license, that machine', async () => {
		const machine = await makeMachine('site-server');
		const client_id = 'keyferry-site';
		const asked = await post('/v1/device-authorizations', {
			client_id,
			name: 'Rack 7',
			machine: { jkt: machine.key.signer.kid, code: 'KF1-ABCD' }
		});
		const begun = (await asked.json()) as Record<string, string>;
		expect(begun).toMatchObject({ expires_in: 900, interval: 5 });
		expect(begun.verification_uri_complete).toBe(`${hub.url}/#/device?code=${begun.user_code}`);
		const poll = () =>
			post('/v1/device-tokens', {
				grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
				client_id,
				device_code: begun.device_code
			});
		const early = await poll();
		expect(early.status).toBe(400);
		expect(await early.json()).toMatchObject({
			error: 'authorization_pending',
			code: 'AUTHORIZATION_PENDING'
		});

		const person = await signIn('technician');
		const { number } = licenseFor(1);
		const code = begun.user_code;
		expect((await rpc('siteServer.open', person, { code })).status).toBe(200);
		expect((await rpc('siteServer.approve', person, { code, number })).status).toBe(200);
		const token = (await (await poll()).json()) as Record<string, string>;
		expect(token).toMatchObject({ token_type: 'Bearer', number });
		const bearer = { authorization: `Bearer ${token.access_token}` };
		const activate = async (at: number, by: typeof machine) =>
			post(
				'/v1/activations',
				{ request: await askFor({ number: licenseFor(at).number }, by) },
				bearer
			);
		expect((await activate(1, await makeMachine())).status, 'another machine').toBe(403);
		expect((await activate(2, machine)).status, 'another license').toBe(403);
		const activated = await activate(1, machine);
		expect(activated.status).toBe(201);
		const { file } = (await activated.json()) as { file: string };
		expect(claimsOf<'activation'>(file)).toMatchObject({ num: number, label: 'site-server' });
		// It is no session, and no API key.
		expect(await (await rpc('session.me', bearer)).text()).toContain('"data":null');
	});
});

describe('POST /v1/activations', () => {
	test('[SE3] 201 with a file, then 200 with the same bytes', async () => {
		const request = await askFor(licenseFor(1), await makeMachine('desk-9'));
		const first = await post('/v1/activations', { request });
		expect(first.status).toBe(201);
		const { file } = (await first.json()) as { file: string };
		const read = readFile(file);
		const verified = isRefusal(read) ? read : await verifyFile(read, { roots });
		expect(verified).toMatchObject({ body: { type: 'activation', claims: { label: 'desk-9' } } });
		expect(file.split('\n').slice(0, 3)).toEqual([
			'Keyferry activation file',
			'Product: Atlas',
			`License: ${demo.licenses[1]!.number}`
		]);
		const second = await post('/v1/activations', { request });
		expect(second.status).toBe(200);
		expect(((await second.json()) as { file: string }).file).toBe(file);
	});

	test('[O11] a refusal is a problem document that carries the refusal file', async () => {
		// The fifth of five seats is free, the sixth machine is not served.
		await post('/v1/activations', { request: await askFor(licenseFor(2), await makeMachine()) });
		const request = await askFor(licenseFor(2), await makeMachine());
		const answer = await post('/v1/activations', { request }, { 'accept-language': 'de-AT' });
		expect(answer.status).toBe(409);
		expect(answer.headers.get('content-type')).toBe('application/problem+json');
		const problem = (await answer.json()) as Record<string, unknown>;
		expect(problem).toMatchObject({
			type: 'urn:keyferry:refusal:SEAT_LIMIT_REACHED',
			status: 409,
			code: 'SEAT_LIMIT_REACHED',
			facts: { number: demo.licenses[2]!.number, seats: 5, used: 5 }
		});
		expect(problem.title).toMatch(/Lizenz|Plätze/);
		expect(problem.detail).toBeTruthy();
		const read = readFile(problem.file as string);
		const verified = isRefusal(read) ? read : await verifyFile(read, { roots });
		expect(verified).toMatchObject({ body: { type: 'refusal' } });
	});

	test.for([
		[3, {}, 'LICENSE_EXPIRED', 403],
		[1, { pv: '7.1' }, 'VERSION_NOT_COVERED', 403],
		[5, { pv: '8.0' }, 'VERSION_NOT_COVERED', 403],
		[1, { fp: { os: 'o'.repeat(22) } }, 'FINGERPRINT_TOO_WEAK', 422]
	] as const)('license %i with %o is refused: %s', async ([at, changes, code, status]) => {
		const request = await askFor(licenseFor(at), await makeMachine(), changes);
		const answer = await post('/v1/activations', { request });
		expect(answer.status).toBe(status);
		expect(await answer.json()).toMatchObject({ code, status, file: expect.any(String) });
	});

	test('[FI3] [RE2] of all that is wrong the first is refused, from the body to the decision', async () => {
		const ask = async (body: unknown) => {
			const answer = await post('/v1/activations', body);
			return ((await answer.json()) as { code?: string }).code;
		};
		const wrong = { pv: '7.1', fp: { os: 'o'.repeat(22) } };
		const unknown = { number: 'KF-0000-0000-0000' };
		const nowhere = await askFor(unknown, await makeMachine(), wrong);
		const at = nowhere.lastIndexOf('.') + 9;
		const other = nowhere[at] === 'A' ? 'B' : 'A';
		const jti = uuidv7();
		const granted = await askFor(licenseFor(1), await makeMachine(), { jti });
		expect(await ask({ request: granted })).toBeUndefined();
		expect([
			await ask({ request: 1, more: '' }),
			await ask({ request: 'no file' }),
			await ask({ request: demo.licenses[1]!.key }),
			await ask({ request: nowhere.slice(0, at) + other + nowhere.slice(at + 1) }),
			await ask({ request: nowhere }),
			await ask({ request: await askFor(licenseFor(1), await makeMachine(), { ...wrong, jti }) }),
			await ask({ request: await askFor(licenseFor(1), await makeMachine(), wrong) })
		]).toEqual([
			'BODY_INVALID',
			'FILE_MALFORMED',
			'TOKEN_TYPE_UNEXPECTED',
			'SIGNATURE_INVALID',
			'LICENSE_NOT_FOUND',
			'REQUEST_ID_TAKEN',
			'VERSION_NOT_COVERED'
		]);
	});

	test('[RE2] by number alone only with a member’s or staff’s token', async () => {
		const { number } = demo.licenses[1]!;
		const request = await askFor({ number }, await makeMachine());
		const stranger = await post('/v1/activations', { request });
		expect(stranger.status).toBe(404);
		expect(await stranger.json()).toMatchObject({ code: 'LICENSE_NOT_FOUND', facts: { number } });
		expect((await post('/v1/activations', { request }, bearer())).status).toBe(201);
	});

	test('what is no request is said without a stack', async () => {
		for (const [body, code, status] of [
			[{ request: 'hello' }, 'FILE_MALFORMED', 400],
			[{ request: demo.licenses[0]!.key }, 'TOKEN_TYPE_UNEXPECTED', 400],
			[{}, 'BODY_INVALID', 400],
			[{ request: 'x', more: 1 }, 'BODY_INVALID', 400]
		] as const) {
			const answer = await post('/v1/activations', body);
			expect(answer.status).toBe(status);
			const text = await answer.text();
			expect(JSON.parse(text)).toMatchObject({ code });
			expect(text).not.toMatch(/\.ts:|node_modules|\n\s+at /);
		}
		const large = await post('/v1/activations', { request: 'x'.repeat(300_000) });
		expect(await large.json()).toMatchObject({ code: 'BODY_TOO_LARGE', status: 413 });
	});

	test('the OpenAPI document describes it', async () => {
		const document = (await (await fetch(`${hub.url}/v1/openapi.json`)).json()) as {
			openapi: string;
			paths: Record<string, { post: { requestBody: { content: object } } }>;
		};
		expect(document.openapi).toBe('3.1.0');
		expect(document.paths['/v1/activations']?.post.requestBody.content).toMatchObject({
			'application/json': { schema: { required: ['request'], additionalProperties: false } }
		});
	});
});

describe('sign-in', () => {
	test('a session, an API key and nobody', async () => {
		expect(await (await rpc('session.me', {})).json()).toEqual({ result: { data: null } });
		const me = await (await rpc('session.me', await signIn('technician'))).json();
		expect(me).toMatchObject({
			result: {
				data: {
					user: { email: 'tech@example.com' },
					customers: [{ name: 'Example GmbH', role: 'technician' }]
				}
			}
		});
		const script = await (await rpc('session.me', bearer())).json();
		expect(script).toMatchObject({ result: { data: { user: { vendor: 'staff' } } } });
		const wrong = { authorization: `Bearer kft_${'x'.repeat(64)}` };
		expect(await (await rpc('session.me', wrong)).json()).toEqual({ result: { data: null } });
	});

	test('works under a name that nobody configured, and not from another site', async () => {
		const { email, password } = demo.users[1]!;
		const body = JSON.stringify({ email, password });
		const port = new URL(hub.url).port;
		const under = (host: string, origin: string) =>
			new Promise<{ status?: number; cookie?: string }>((resolve, reject) => {
				const headers = { host, origin, 'content-type': 'application/json' };
				const sent = httpRequest(
					{ port, host: '127.0.0.1', path: '/auth/sign-in/email', method: 'POST', headers },
					(answer) => {
						answer.resume();
						resolve({ status: answer.statusCode, cookie: answer.headers['set-cookie']?.[0] });
					}
				);
				sent.on('error', reject);
				sent.end(body);
			});
		const lan = await under(`hub.lan:${port}`, `http://hub.lan:${port}`);
		expect(lan).toMatchObject({ status: 200, cookie: expect.stringContaining('HttpOnly') });
		const foreign = await under(`hub.lan:${port}`, 'https://evil.example');
		expect(foreign.status).toBe(403);
		expect(foreign.cookie).toBeUndefined();
	});

	test('[HT1] a Host that is part of no address is refused, and no fault', async () => {
		const { port } = new URL(hub.url);
		const statusOf = (host: string, path: string) =>
			new Promise<number | undefined>((resolve, reject) => {
				const sent = httpRequest({ port, host: '127.0.0.1', path, headers: { host } }, (answer) => {
					answer.resume();
					resolve(answer.statusCode);
				});
				sent.on('error', reject);
				sent.end();
			});
		for (const host of ['888888888888888888888888888888', '1.2.3.4.5', '[::1', '999.1.1.1'])
			for (const path of ['/', '/v1/requests', '/rpc/session.me', '/auth/get-session', '/metrics'])
				expect(await statusOf(host, path), `${host} ${path}`).toBe(400);
	});

	test('nobody makes themselves staff by signing up', async () => {
		const body = {
			email: 'mallory@example.com',
			password: 'a long password',
			name: 'Mallory',
			vendor: 'admin',
			role: 'admin'
		};
		const answer = await post('/auth/sign-up/email', body);
		expect(answer.status).toBe(200);
		const { email, password } = body;
		const signedIn = await post('/auth/sign-in/email', { email, password });
		const cookie = signedIn.headers.getSetCookie()[0]!.split(';')[0]!;
		const me = await (await rpc('session.me', { cookie })).json();
		expect(me).toMatchObject({ result: { data: { customers: [] } } });
		expect(JSON.stringify(me)).not.toContain('vendor');
	});
});

describe('/rpc', () => {
	test('demands its header, JSON and its own origin', async () => {
		const plain = await fetch(`${hub.url}/rpc/session.me`);
		expect(plain.status).toBe(403);
		const form = await fetch(`${hub.url}/rpc/license.suspend`, {
			method: 'POST',
			headers: { 'x-keyferry': '1', 'content-type': 'text/plain', ...bearer() },
			body: '{}'
		});
		expect(form.status).toBe(403);
		expect((await rpc('session.me', { origin: 'https://evil.example' })).status).toBe(403);
		expect((await rpc('session.me', { origin: hub.url })).status).toBe(200);
	});

	test('refusals carry code and facts, for people and for programs', async () => {
		const cases = [
			[await rpc('license.list', {}), 401, 'SIGN_IN_REQUIRED'],
			[await rpc('license.issue', await signIn('manager'), {}), 403, 'NOT_PERMITTED'],
			[await rpc('license.issue', bearer(), { seats: 0 }), 400, 'BODY_INVALID'],
			[await rpc('license.nothing', bearer()), 404, 'NOT_FOUND']
		] as const;
		for (const [answer, status, refused] of cases) {
			expect(answer.status).toBe(status);
			const text = await answer.text();
			expect(JSON.parse(text)).toMatchObject({ error: { data: { refusal: { refused } } } });
			expect(text).not.toMatch(/\.ts:|node_modules|stack/);
		}
	});

	test('staff issues, suspends and resumes; members see who holds the seats', async () => {
		const me = (await (await rpc('session.me', bearer())).json()) as {
			result: { data: { customers: { id: string; name: string }[] } };
		};
		const customerId = me.result.data.customers.find(({ name }) => name === 'Example GmbH')!.id;
		const order = {
			customerId,
			product: 'atlas',
			edition: 'Standard',
			entitlements: ['modeling'],
			seats: 1,
			versions: { from: 8, to: 9 },
			virtualMachines: true,
			givenFingerprints: false,
			matches: 2,
			graceMinutes: 15
		};
		const issued = (await (await rpc('license.issue', bearer(), order)).json()) as {
			result: { data: { id: string; number: string; key: string } };
		};
		const { id, number, key } = issued.result.data;
		const { sec } = claimsOf<'license'>(key);
		const request = await askFor({ number, sec }, await makeMachine('desk-1'));
		await rpc('license.suspend', bearer(), { licenseId: id });
		expect((await post('/v1/activations', { request })).status).toBe(403);
		await rpc('license.resume', bearer(), { licenseId: id });
		expect((await post('/v1/activations', { request })).status).toBe(201);
		const input = encodeURIComponent(JSON.stringify({ licenseId: id }));
		const seats = await rpc(`activation.seats?input=${input}`, await signIn('manager'));
		expect(await seats.json()).toMatchObject({ result: { data: [{ label: 'desk-1' }] } });
		expect((await rpc(`activation.seats?input=${input}`, {})).status).toBe(401);
	});
});

describe('the rest of the face', () => {
	test('key sets and trust file lead to the same root', async () => {
		const keys = (await (await fetch(`${hub.url}/.well-known/jwks.json`)).json()) as {
			keys: { kid: string }[];
		};
		expect(keys.keys).toMatchObject([{ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA' }]);
		expect(JSON.stringify(keys)).not.toContain('"d"');
		const trust = readFile(await (await fetch(`${hub.url}/.well-known/keyferry.kftrust`)).text());
		const verified = isRefusal(trust) ? trust : await verifyFile(trust, { roots });
		expect(verified).toMatchObject({ body: { type: 'trust', claims: { seq: 1 } } });
		expect((await fetch(`${hub.url}/.well-known/keyferry-ca.crt`)).status).toBe(404);
	});

	test('health, and headers that let the desk do only what it must', async () => {
		expect(await (await fetch(`${hub.url}/health/live`)).json()).toEqual({ live: true });
		const ready = await fetch(`${hub.url}/health/ready`);
		expect(await ready.json()).toEqual({ ready: true });
		const policy = ready.headers.get('content-security-policy') ?? '';
		expect(policy).toContain("require-trusted-types-for 'script'");
		expect(policy).not.toMatch(/script-src[^;]*'unsafe-/);
		expect(ready.headers.get('x-content-type-options')).toBe('nosniff');
		expect(ready.headers.has('strict-transport-security')).toBe(false);
	});

	test('unknown addresses are problem documents', async () => {
		const answer = await fetch(`${hub.url}/v1/nothing`);
		expect(answer.status).toBe(404);
		expect(await answer.json()).toMatchObject({ code: 'NOT_FOUND' });
	});
});

describe('limits on /v1', () => {
	test('too many requests from one address, or for one number, are told when to come again', async () => {
		const folder = join(home, 'limited');
		const limited = await serve({
			data: folder,
			port: 0,
			demo: true,
			limits: { perAddress: 5, perNumber: 2 }
		});
		const request = await askFor({ number: 'KF-0000-0000-0000' }, await makeMachine());
		const codes: unknown[] = [];
		for (let n = 0; n < 7; n++) {
			const answer = await fetch(`${limited.url}/v1/activations`, {
				method: 'POST',
				body: JSON.stringify({ request: n < 4 ? request : 'nothing' })
			});
			const { code } = (await answer.json()) as { code: string };
			codes.push(code);
			if (code === 'RATE_LIMITED') {
				expect(answer.status).toBe(429);
				expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
			}
		}
		await limited.close();
		expect(codes).toEqual([
			'LICENSE_NOT_FOUND',
			'LICENSE_NOT_FOUND',
			'RATE_LIMITED',
			'RATE_LIMITED',
			'FILE_MALFORMED',
			'RATE_LIMITED',
			'RATE_LIMITED'
		]);
	});
});

describe('the demo', () => {
	test('demo.json says exactly what is needed to try it', () => {
		expect(Object.keys(demo).sort()).toEqual(['hub', 'licenses', 'token', 'users']);
		expect(demo.hub).toBe(hub.url);
		expect(demo.users.map(({ role }) => role)).toEqual([
			...['staff', 'manager', 'technician', 'admin', 'owner', 'viewer']
		]);
		expect(demo.licenses).toHaveLength(6);
		expect(demo.licenses[0]).toMatchObject({ product: 'atlas-server', seats: 2, clients: 10 });
		for (const { number, key } of demo.licenses)
			expect(claimsOf<'license'>(key)).toMatchObject({ num: number });
	});

	test.skipIf(process.platform === 'win32')('the root key lies beside the folder', () => {
		const file = `${data()}-root.json`;
		expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
		expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ kty: 'OKP' });
	});
});
