/**
 * Whoever means a site server no good, on the wire: other people's leases, calls that were recorded,
 * copies of its folder, and pages of other sites. None of it is worth anything.
 */
import { cpSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
	makeSiteMachine,
	makeVendor,
	startSite,
	type SiteMachine,
	type SiteProcess
} from '../fixtures/running-site.ts';
import { freePort } from '../fixtures/running-hub.ts';
import { call, macOf, newNonce, WireClient, type Hold, type Wishes } from './wire-client.ts';

const PRODUCT = 'atlas-server';

const vendor = await makeVendor();
let machine: SiteMachine;
let site: SiteProcess;
let args: string[];
beforeAll(async () => {
	machine = makeSiteMachine(vendor);
	await machine.activate({ clients: 3 });
	const port = await freePort();
	// Its own address is settled, as after the set-up: its pages have one name from then on.
	args = ['--url', `http://localhost:${port}`];
	site = await startSite(machine, { port, args });
});
afterAll(async () => {
	await site.end();
	machine.remove();
});

async function inUse(): Promise<number | undefined> {
	const { body } = await call({ address: site.address, method: 'GET', path: '/v1/site' });
	const { products } = JSON.parse(body) as { products: { inUse: number }[] };
	return products[0]?.inUse;
}

async function holding(wishes?: Wishes): Promise<{ client: WireClient; hold: Hold }> {
	const client = new WireClient(site, { product: PRODUCT });
	const said = await client.claim(wishes);
	if (said.said !== 'yes') throw new Error(said.code);
	expect(said.proven).toBe(true);
	return { client, hold: said.hold };
}

describe("somebody else's lease", () => {
	test('[LE4] is neither renewed nor ended by its id, under whatever key', async () => {
		const { client, hold } = await holding();
		const thief = await holding();
		const path = `/v1/leases/${hold.id}`;
		for (const key of [
			thief.hold.key,
			thief.client.sharedWith(await thief.client.siteKey()),
			Buffer.alloc(32)
		])
			for (const [method, at] of [
				['PUT', path],
				['DELETE', path],
				['GET', `${path}/events`]
			] as const) {
				const said = await thief.client.prove(key, method, at);
				expect(said).toMatchObject({ said: 'no', proven: false });
			}
		for (const [method, at] of [
			['PUT', path],
			['DELETE', path],
			['GET', `${path}/events`]
		] as const) {
			const { status } = await call({ address: site.address, method, path: at });
			expect(status, `${method} ${at}`).toBe(401);
		}
		expect(await client.renew(hold)).toMatchObject({ said: 'yes', proven: true });
		await client.release(hold);
		await thief.client.release(thief.hold);
	});

	test('[LE3] is not claimed by its client id: that is the hash of a key', async () => {
		const { client, hold } = await holding();
		const site = await client.siteKey();
		const thief = new WireClient(client.at, { product: PRODUCT });
		const ask = { client: client.id, dh: thief.dh, product: PRODUCT, user: 'thief' };
		const said = await thief.prove(thief.sharedWith(site), 'POST', '/v1/leases', {
			body: JSON.stringify(ask)
		});
		expect(said.said).toBe('no');
		// And with the victim's own key in it, there is nothing to prove it with.
		const forged = await thief.prove(thief.sharedWith(site), 'POST', '/v1/leases', {
			body: JSON.stringify({ ...ask, dh: client.dh })
		});
		expect(forged).toMatchObject({ said: 'no', code: 'CLIENT_PROOF_INVALID' });
		expect(await client.renew(hold)).toMatchObject({ said: 'yes' });
		await client.release(hold);
	});
});

describe('calls that somebody has recorded', () => {
	test('[LE3, LE5] a claim sent again takes no second seat, and none at all once it was released', async () => {
		const client = new WireClient(site, { product: PRODUCT });
		const nonce = newNonce();
		const body = JSON.stringify({
			client: client.id,
			dh: client.dh,
			product: PRODUCT,
			user: 'recorded'
		});
		const key = client.sharedWith(await client.siteKey());
		const recorded = () => client.prove(key, 'POST', '/v1/leases', { nonce, body });
		const first = await client.claim({ user: 'recorded' }, { nonce });
		if (first.said !== 'yes') throw new Error(first.code);
		const before = await inUse();
		expect(await recorded()).toMatchObject({ said: 'yes' });
		expect(await inUse()).toBe(before);

		// Its own client has claimed anew: the recording is of the past.
		const second = await client.claim({ user: 'recorded' });
		if (second.said !== 'yes') throw new Error(second.code);
		expect(await recorded()).toMatchObject({ said: 'no', code: 'REPLACED' });
		// Nor is it worth more to a server that was started again in between.
		await site.end('SIGKILL');
		site = await startSite(machine, { port: site.port, args });
		expect(await recorded()).toMatchObject({ said: 'no', code: 'REPLACED' });
		expect(await client.renew(second.hold)).toMatchObject({ said: 'yes' });
		await client.release(second.hold);
		expect(await recorded()).toMatchObject({ said: 'no' });
		expect(await inUse()).toBe(before! - 1);
	});

	test('[LE4] a changed body, path, method or nonce is no longer what was proven', async () => {
		const client = new WireClient(site, { product: PRODUCT });
		const shared = client.sharedWith(await client.siteKey());
		const [path, nonce] = ['/v1/leases', newNonce()];
		const body = JSON.stringify({
			client: client.id,
			dh: client.dh,
			product: PRODUCT,
			user: 'changed'
		});
		const headers = client.headers(shared, { method: 'POST', path, nonce, body });
		const send = (change: Partial<Parameters<typeof call>[0]>) =>
			call({ address: site.address, method: 'POST', path, headers, body, ...change });
		const before = await inUse();
		for (const change of [
			{ body: body.replace('changed', 'chanced') },
			{ path: `${path}?wait=1` },
			{ headers: { ...headers, 'keyferry-nonce': newNonce() } },
			{ headers: { ...headers, 'keyferry-mac': macOf(Buffer.alloc(32), body) } },
			{ headers: { 'keyferry-nonce': nonce } }
		]) {
			const answer = await send(change);
			expect([401, 404], JSON.stringify(change)).toContain(answer.status);
			expect(answer.headers['keyferry-mac']).toBeUndefined();
		}
		expect(await inUse()).toBe(before);
	});
});

describe('a copied server', () => {
	test('[ST1, MA2] its whole folder on another machine serves nobody', async () => {
		const copy = makeSiteMachine(vendor, 'copied');
		cpSync(machine.data, copy.data, { recursive: true });
		const other = await startSite(copy);
		const misled = new WireClient({ address: other.address }, { product: PRODUCT });
		expect(await misled.claim()).toMatchObject({ said: 'no', code: 'NO_SERVER_LICENSE' });
		await other.end();
		// Where it belongs, it goes on.
		const { hold, client } = await holding();
		await client.release(hold);
		copy.remove();
	});
});

describe('a browser that was led astray', () => {
	test('[HT1] no answer carries what would let a page of another site read it', async () => {
		for (const origin of ['https://evil.example', 'null'])
			for (const method of ['GET', 'POST', 'OPTIONS']) {
				const { headers } = await call({
					address: site.address,
					method,
					path: method === 'GET' ? '/v1/site' : '/v1/leases',
					headers: { origin, 'access-control-request-method': 'POST' }
				});
				expect(Object.keys(headers).filter((name) => /^access-control/.test(name))).toEqual([]);
				expect(headers['set-cookie']).toBeUndefined();
			}
	});
});

describe('a name of somebody else that was led here', () => {
	test('[ST5] is answered nothing: no page, no procedure, no figure, no lease', async () => {
		const before = await inUse();
		const client = new WireClient(site, { product: PRODUCT });
		const key = client.sharedWith(await client.siteKey());
		const ask = { client: client.id, dh: client.dh, product: PRODUCT, user: 'led here' };
		const claim = JSON.stringify(ask);
		const paths = ['/', '/site', '/site/ca.crt', '/v1/site', '/v1/openapi.json', '/v1/resources'];
		paths.push('/site/rpc/account.me', '/site/rpc/clients.list');
		const names = ['evil.example', `evil.example:${site.port}`, 'localhost.evil.example'];
		for (const host of [...names, `127.0.0.1.evil.example:${site.port}`, '192.0.2.1']) {
			const headers = { host, origin: `http://${host}`, 'x-keyferry': '1' };
			const { address } = site;
			for (const path of paths) {
				const { status, body } = await call({ address, method: 'GET', path, headers });
				expect([status, JSON.parse(body)], `${host} ${path}`).toMatchObject([
					421,
					{ code: 'HOST_NOT_SERVED' }
				]);
			}
			const path = '/metrics';
			expect((await call({ address, method: 'GET', path, headers })).status, host).toBe(404);
			// Proven as any client can.
			const claiming = { method: 'POST', path: '/v1/leases', body: claim };
			const proven = client.headers(key, { ...claiming, nonce: newNonce() });
			const posted = await call({ address, ...claiming, headers: { ...headers, ...proven } });
			expect(posted.status, host).toBe(421);
			expect(posted.headers['keyferry-mac']).toBeUndefined();
		}
		expect(await inUse()).toBe(before);
	});

	test('[HT1] a Host that is part of no address is refused, and no fault', async () => {
		const { address } = site;
		for (const host of ['888888888888888888888888888888', '1.2.3.4.5', '[::1', '999.1.1.1'])
			for (const path of ['/', '/v1/site', '/health/live', '/metrics', '/site/rpc/account.me']) {
				const { status } = await call({ address, method: 'GET', path, headers: { host } });
				expect(status, `${host} ${path}`).toBe(400);
			}
		const ended = { method: 'DELETE', path: '/v1/leases/01a228fc-e4c0-7d9d-9b98-e6522f666155' };
		expect(
			(await call({ address, ...ended, headers: { host: '8888888888' }, body: '{}' })).status
		).toBe(400);
	});
});
