/** Leases over HTTP, of a real site server: one test for each thing that a client may count on. */
import { createPublicKey, verify } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { isRefusal } from '#lib/domain/refusal.ts';
import { emptyTrustState } from '#lib/domain/machines/verification.ts';
import { decodeToken } from '#lib/formats/jws.ts';
import { parseClaims } from '#lib/formats/tokens.ts';
import { makeDhKey } from '#lib/sdk/node/lease-keys.ts';
import { readActivation } from '#lib/sdk/verify.ts';
import type { RunningSite } from '#server/serve-site.ts';
import {
	makeSiteMachine,
	makeVendor,
	openTestSite,
	type SiteMachine,
	type Vendor
} from '../fixtures/running-site.ts';
import { Client, nonceOf } from './client.ts';

let vendor: Vendor;
let machine: SiteMachine;
let running: RunningSite;
beforeAll(async () => {
	vendor = await makeVendor();
	machine = makeSiteMachine(vendor);
	await machine.activate();
	running = await openTestSite(machine, { callLimits: { claims: 20, unproven: 1_000 } });
});
afterAll(async () => {
	await running.close();
	machine.remove();
});
/** Nobody holds anything. */
beforeEach(async () => {
	const { pools } = running.site;
	for (const { id } of pools.list()) await pools.end(id, '');
});

const client = (...[options]: [{ name?: string }?]) => new Client(running.url, options);
const three = () => [client(), client(), client()] as const;

test('[ST7] tells whoever watches who works, who was denied, and what ends', async () => {
	const [one, two, other] = three();
	await Promise.all([one.claim(), two.claim()]);
	await other.claim();
	const text = await (await fetch(`${running.url}/metrics`)).text();
	const figure = (name: string) =>
		Number(new RegExp(`^keyferry_site_${name} (\\S+)$`, 'm').exec(text)?.[1]);
	const product = '{product="atlas-server"}';
	expect(
		['clients_in_use', 'clients_allowed', 'clients_waiting'].map((each) => figure(each + product))
	).toEqual([2, 2, 0]);
	expect(text).toMatch(/denied_total{product="atlas-server",code="CLIENT_LIMIT_REACHED"} 1/);
	expect(text).toMatch(/license_ends_seconds{license="KF-[^"]+",what="maintenance"} \d{8}/);
	const ready = await (await fetch(`${running.url}/health/ready`)).json();
	expect(ready).toEqual({ ready: true, licensed: true, clock: 'plausible', disk: 'room' });
	const headers = { 'x-forwarded-for': '192.0.2.1' };
	expect((await fetch(`${running.url}/metrics`, { headers })).status).toBe(404);
});

test('[LE1, LE7] two of two work, the third is told who does, and gets in when one leaves', async () => {
	const [one, two, other] = three();
	const first = await one.claim({ user: 'Ada' });
	expect(first.said).toMatchObject({ status: 201, proven: true });
	await two.claim({ user: 'Bo', machine: undefined });
	expect((await other.claim()).said).toMatchObject({
		status: 409,
		proven: true,
		body: {
			code: 'CLIENT_LIMIT_REACHED',
			facts: {
				product: 'atlas-server',
				clients: 2,
				holders: [{ user: 'Ada', machine: 'bench-01' }, { user: 'Bo' }]
			}
		}
	});
	expect(await one.renew(first)).toMatchObject({ status: 200, proven: true, body: { ttl: 60 } });
	expect(await one.release(first)).toMatchObject({ status: 200, proven: true });
	const over = { status: 410, proven: true, body: { code: 'LEASE_ENDED' } };
	expect(await one.renew(first)).toMatchObject(over);
	expect(await one.release(first)).toMatchObject({ status: 200, proven: true });
	expect((await other.claim()).said.status).toBe(201);
	expect((await one.site()).products).toMatchObject([{ clients: 2, inUse: 2 }]);
});

test('[LE7] names are hidden by pseudonyms where the site wants it', async () => {
	const [one, two, other] = three();
	await Promise.all([one.claim({ user: 'Ada' }), two.claim({ user: 'Bo' })]);
	await running.site.settings.write('hideNames', true);
	const { said } = await other.claim();
	await running.site.settings.write('hideNames', false);
	expect(said.status).toBe(409);
	expect(JSON.stringify(said.body)).not.toMatch(/Ada|Bo|bench-01|key:/);
	const { holders } = said.body.facts as { holders: { user: string }[] };
	expect(new Set(holders.map(({ user }) => user)).size).toBe(2);
});

test('[LE3] the same nonce is the same lease, another one replaces it', async () => {
	const one = client();
	const nonce = nonceOf();
	const first = await one.claim({}, nonce);
	expect((await one.claim({}, nonce)).said).toMatchObject({
		status: 200,
		body: { lease: first.said.body.lease }
	});
	const copy = await one.claim();
	expect(copy.id).not.toBe(first.id);
	const replaced = { status: 410, proven: true, body: { code: 'REPLACED' } };
	expect(await one.renew(first)).toMatchObject(replaced);
	expect((await one.claim({}, nonce)).said).toMatchObject(replaced);
	expect((await one.renew(copy)).status).toBe(200);
	expect(running.site.pools.list()).toHaveLength(1);
});

test('[LE3] a name that was given keeps its seat under new keys; the id of an installation is its key’s', async () => {
	const pods = [1, 2, 3, 4].map(() => client({ name: 'worker' }));
	for (const pod of pods) expect((await pod.claim()).said.status).toBe(201);
	expect(running.site.pools.list()).toHaveLength(1);
	const thief = client();
	const stolen = await thief.claim({ client: client().id });
	expect(stolen.said).toMatchObject({ status: 401, body: { code: 'CLIENT_PROOF_INVALID' } });
});

test('[LE4] a lease of somebody else is as none, for whatever is asked', async () => {
	const [one, two] = three();
	const lease = await one.claim();
	const none = { ...lease, id: '01900000-0000-7000-8000-000000000000' };
	const { key } = await two.claim();
	for (const ask of ['renew', 'release'] as const) {
		const said = await two[ask]({ ...lease, key });
		expect(said).toEqual(await two[ask]({ ...none, key }));
		expect(said).toMatchObject({ status: 410, proven: false, body: { code: 'LEASE_ENDED' } });
	}
	await expect(two.watch({ ...lease, key })).rejects.toThrow('410');
	expect((await one.renew(lease)).status).toBe(200);
	const unproven = await fetch(`${running.url}/v1/leases/${lease.id}`, { method: 'PUT' });
	expect(unproven.status).toBe(401);
});

test('[LE4] an admin ends a lease, and the client reads why', async () => {
	const one = client();
	const lease = await one.claim();
	const watch = await one.watch(lease);
	expect(await running.site.pools.end(lease.id, 'maintenance tonight')).toBe(true);
	const ended = { event: 'ended', code: 'LEASE_ENDED', reason: 'maintenance tonight' };
	expect(await watch.heard('ended')).toEqual(ended);
	await watch.ended();
	expect(await one.renew(lease)).toMatchObject({
		status: 410,
		proven: true,
		body: { code: 'LEASE_ENDED', facts: { reason: 'maintenance tonight' } }
	});
});

test('[LE4] a client that claims too often is told when to come again, and so is who proves nothing', async () => {
	const one = client();
	for (let n = 0; n < 20; n++) expect((await one.claim()).said.status).toBe(201);
	expect((await one.claim()).said).toMatchObject({
		status: 429,
		proven: true,
		body: { code: 'RATE_LIMITED' }
	});
	expect((await client().claim()).said.status).toBe(201);
});

test('[LE5] root, hub key, activation, machine key, lease: each vouches for the next, over the nonce', async () => {
	const one = client();
	const nonce = nonceOf();
	const { said, claims } = await one.claim({ version: '8.2' }, nonce);
	expect(parseClaims('lease', claims)).toEqual(claims);
	const info = await one.site();
	const [file] = info.products[0]!.files;
	const read = await readActivation(file!, { roots: vendor.roots, state: emptyTrustState });
	if (isRefusal(read)) throw new Error(read.refused);
	const { activation } = read;
	const token = decodeToken(said.body.lease as string);
	if (isRefusal(token)) throw new Error(token.refused);
	expect(token.kid).toBe(activation.cnf.jkt);
	const key = { kty: 'OKP', crv: 'Ed25519', x: info.key };
	const signer = createPublicKey({ key, format: 'jwk' });
	expect(verify(null, Buffer.from(token.signingInput), signer, token.signature)).toBe(true);
	expect(claims).toMatchObject({
		nonce,
		cid: one.id,
		dh: info.dh,
		act: activation.act,
		gen: activation.gen,
		ent: activation.ent,
		ttl: 60,
		grace: 900,
		used: 1
	});
});

test('[LE5] what was changed on the way is believed by nobody', async () => {
	const one = client();
	const lease = await one.claim();
	const path = `/v1/leases/${lease.id}`;
	const { key } = lease;
	for (const bent of [
		{ method: 'DELETE', path, key: Buffer.from(key).fill(1) },
		{ method: 'PUT', path: `${path}?x=1`, key: await one.shared() }
	])
		expect(await one.send(bent)).toMatchObject({ status: 410, proven: false });
	const small = await one.claim({ dh: 'A'.repeat(43), client: 'name:small' });
	expect(small.said).toMatchObject({ status: 401, body: { code: 'CLIENT_PROOF_INVALID' } });
	const other = await one.claim({ dh: makeDhKey().x, client: 'name:other' });
	expect(other.said).toMatchObject({ status: 401, body: { code: 'CLIENT_PROOF_INVALID' } });
	expect((await one.claim({ user: 'a\nb' })).said).toMatchObject({
		status: 400,
		body: { code: 'BODY_INVALID' }
	});
});

test('[LE7] who waits has a place, is served in order, and is told', async () => {
	const [one, two] = three();
	const first = await one.claim();
	await two.claim();
	const [third, fourth] = [client(), client()];
	const [a, b] = [await third.claim({ wait: true }), await fourth.claim({ wait: true })];
	expect([a.said, b.said]).toMatchObject([
		{ status: 202, proven: true, body: { state: 'waiting', place: 1 } },
		{ status: 202, body: { place: 2 } }
	]);
	const [watchA, watchB] = [await third.watch(a), await fourth.watch(b)];
	await one.release(first);
	expect(await watchA.heard('free')).toEqual({ event: 'free', ttl: 30 });
	await expect.poll(() => watchB.events).toContainEqual({ event: 'place', place: 1 });
	expect((await client().claim()).said.status).toBe(409);
	expect(await third.renew(a)).toMatchObject({ status: 200, body: { state: 'granted', ttl: 30 } });
	expect((await third.claim()).said.status).toBe(201);
	expect(await fourth.renew(b)).toMatchObject({ body: { state: 'waiting', place: 1 } });
	expect(await fourth.release(b)).toMatchObject({ status: 200 });
});

test('[ST5] nobody is answered under somebody else’s name, and no page may read an answer', async () => {
	const { default: http } = await import('node:http');
	const asked = (host: string) =>
		new Promise<number | undefined>((resolve, reject) => {
			const headers = { host };
			const { port } = new URL(running.url);
			const get = http.get({ host: '127.0.0.1', port, path: '/v1/site', headers }, (answer) => {
				answer.resume();
				resolve(answer.statusCode);
			});
			get.on('error', reject);
		});
	const { hostname } = await import('node:os');
	for (const own of ['localhost', '127.0.0.1', '[::1]', hostname()])
		expect(await asked(own)).toBe(200);
	for (const foreign of ['evil.example', 'localhost.evil.example', '192.0.2.1'])
		expect(await asked(foreign), foreign).toBe(421);
	const { headers } = await fetch(`${running.url}/v1/site`, {
		headers: { origin: 'https://evil.example' }
	});
	expect(headers.get('access-control-allow-origin')).toBeNull();
});
