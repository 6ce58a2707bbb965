import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { proxiesOf } from '#server/http/caller.ts';
import { makeAuth } from '#server/auth/auth.ts';
import { makeMetrics } from '#server/metrics/metrics.ts';
import { watchProviders } from '#server/providers/discovery.ts';
import { makeApp } from '#server/roles/hub-app.ts';
import { openEmbedded } from '#server/db/store.ts';
import { openHubTime } from '#server/hub/hub-time.ts';
import { defaultLimits } from '#server/http/rate-limit.ts';
import {
	askFor,
	makeLicense,
	makeMachine,
	makeTestHub,
	type TestLicense
} from '../../fixtures/hub.ts';

/** A hub that has a defect, and whose database then goes away under it. */
describe('a hub that cannot reach its store', () => {
	let folder: string;
	let url: string;
	let log = '';
	let license: TestLicense;
	let cookie: string;
	let stop: () => void;
	let broken: Response;
	beforeAll(async () => {
		folder = mkdtempSync(join(tmpdir(), 'keyferry-fault-'));
		const store = await openEmbedded(folder);
		const { hub } = await makeTestHub(store);
		license = await makeLicense({ hub });
		const auth = makeAuth({ db: store.db, secret: 's'.repeat(40), isSecure: false });
		const password = 'long enough';
		await auth.api.signUpEmail({ body: { email: 'a@example.com', password, name: 'Ada' } });
		const signedIn = await auth.api.signInEmail({
			body: { email: 'a@example.com', password },
			asResponse: true
		});
		cookie = signedIn.headers.getSetCookie()[0]!.split(';')[0]!;
		const app = makeApp({
			hub,
			store,
			auth: () => auth,
			published: () => ({ hubKeys: [], roots: [], trustFile: '' }),
			time: await openHubTime(store.db),
			limits: defaultLimits,
			reach: { proxies: proxiesOf([])!, isTls: false },
			openSignUp: false,
			providers: watchProviders([], { onFault: () => undefined }),
			onProviderFault: () => undefined,
			metrics: makeMetrics(hub),
			isReady: () => true,
			log: pino({ level: 'info' }, { write: (line: string) => (log += line) })
		});
		const server = createAdaptorServer({ fetch: app.fetch });
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		const body = JSON.stringify({ request: await askFor(license, await makeMachine()) });
		const { seal } = hub;
		const open = () => {
			throw new TypeError('something inside');
		};
		hub.seal = { ...seal, open };
		broken = await fetch(`${url}/v1/activations`, { method: 'POST', body });
		hub.seal = seal;
		await store.close();
		stop = () => {
			server.close();
			rmSync(folder, { recursive: true, force: true });
		};
	});
	afterAll(() => stop());

	test('says so without a word of its inside, and logs where it was', async () => {
		const request = await askFor(license, await makeMachine());
		const body = JSON.stringify({ request });
		const rest = await fetch(`${url}/v1/activations`, { method: 'POST', body });
		const rpc = await fetch(`${url}/rpc/session.me`, {
			headers: { 'x-keyferry': '1', authorization: `Bearer kft_${'a'.repeat(60)}` }
		});
		const session = await fetch(`${url}/rpc/session.me`, {
			headers: { 'x-keyferry': '1', cookie }
		});
		const signIn = await fetch(`${url}/auth/sign-in/email`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', origin: url },
			body: JSON.stringify({ email: 'a@example.com', password: 'long enough' })
		});
		const answers = [rest, rpc, session, signIn];
		// Never "nobody is signed in": a desk would forget who was.
		expect(answers.map(({ status }) => status)).toEqual([503, 503, 503, 503]);
		for (const answer of answers) {
			expect(answer.headers.get('retry-after')).toBe('10');
			const text = await answer.text();
			expect(text).toContain('DATABASE_AWAY');
			expect(text).not.toMatch(/PGlite|select|closed|\.ts|node_modules/i);
		}
		expect(log).toContain('/server/');
		expect(log).not.toContain(license.number);
		expect(log).not.toContain(request);
	});

	test('tells of a defect nothing but where the log has it', async () => {
		expect(broken.status).toBe(500);
		const text = await broken.text();
		expect(text).not.toMatch(/inside|\.ts/);
		const { code, facts } = JSON.parse(text) as { code: string; facts: { support: string } };
		expect(code).toBe('COMMAND_FAILED');
		expect(log).toContain(facts.support);
	});

	test('is live and not ready', async () => {
		expect((await fetch(`${url}/health/live`)).status).toBe(200);
		const ready = await fetch(`${url}/health/ready`);
		expect([ready.status, await ready.json()]).toEqual([503, { ready: false }]);
	});
});
