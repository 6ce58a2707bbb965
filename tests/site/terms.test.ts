/** What is active changes while clients work, and the server starts again. */
import { cpSync } from 'node:fs';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { makeLicenseNumber } from '#lib/domain/licenses/license-number.ts';
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
});
beforeEach(async () => {
	machine = makeSiteMachine(vendor);
	running = await openTestSite(machine);
});
afterEach(async () => {
	await running.close();
	machine.remove();
});

test('[ST1] is ready once a license that serves clients is active, and not before', async () => {
	const ready = async () => {
		const answered = await fetch(`${running.url}/health/ready`);
		return [answered.status, ((await answered.json()) as { ready: boolean }).ready];
	};
	expect(await ready()).toEqual([503, false]);
	const { said } = await new Client(running.url).claim();
	expect(said).toMatchObject({ status: 409, proven: true, body: { code: 'NO_SERVER_LICENSE' } });
	await machine.activate();
	await running.site.refresh();
	expect(await ready()).toEqual([200, true]);
});

test('[LE6] a renewed license: all are told and start again, and one more gets in', async () => {
	const before = await machine.activate({ clients: 2 });
	await running.site.refresh();
	const [one, two, three] = [1, 2, 3].map(() => new Client(running.url)) as [
		Client,
		Client,
		Client
	];
	const [a, b] = [await one.claim(), await two.claim()];
	const watch = await one.watch(a);
	expect((await three.claim()).said.status).toBe(409);
	await machine.activate({ ...before, jti: (await machine.claims()).jti, gen: 2, clients: 3 });
	await running.site.refresh();
	const notice = { reason: 'license-changed', within: 900 };
	expect(await watch.heard('restart')).toEqual({ event: 'restart', notice });
	expect(await two.renew(b)).toMatchObject({
		body: { ttl: 60, restart: { reason: 'license-changed' } }
	});
	expect((await three.claim()).claims).toMatchObject({ gen: 2, clients: 3 });
	expect(running.site.pools.list().filter(({ restart }) => restart)).toHaveLength(2);
	const again = await one.claim();
	expect(again.claims).toMatchObject({ gen: 2 });
	expect(await watch.heard('ended')).toMatchObject({ code: 'REPLACED' });
	expect((await one.renew(again)).body).not.toHaveProperty('restart');
	expect((await one.watch(again)).response.status).toBe(200);
	expect((await two.watch(b)).response.status).toBe(200);
});

test('[LE6] a license that has ended serves nobody new', async () => {
	const now = Math.floor(Date.now() / 1000);
	let ahead = 0;
	await running.close();
	running = await openTestSite(machine, { now: () => Math.floor(Date.now() / 1000) + ahead });
	await machine.activate({ clients: 2, exp: now + 3600 });
	await running.site.refresh();
	const one = new Client(running.url);
	const lease = await one.claim();
	ahead = 3600;
	await running.site.refresh();
	expect(await one.renew(lease)).toMatchObject({ body: { restart: { reason: 'license-ended' } } });
	expect((await new Client(running.url).claim()).said.body).toMatchObject({
		code: 'NO_SERVER_LICENSE'
	});
	expect((await fetch(`${running.url}/health/ready`)).status).toBe(503);
});

test('[GR1] a server serves on in the grace of its license, and nobody has to start again for it', async () => {
	const now = Math.floor(Date.now() / 1000);
	let ahead = 0;
	await running.close();
	running = await openTestSite(machine, { now: () => Math.floor(Date.now() / 1000) + ahead });
	await machine.activate({ clients: 2, exp: now + 3600, x: { grace: 2 } });
	await running.site.refresh();
	const one = new Client(running.url);
	const lease = await one.claim();
	ahead = 3600 + 86_400;
	await running.site.refresh();
	expect((await one.renew(lease)).body).not.toHaveProperty('restart');
	expect((await new Client(running.url).claim()).said.status).toBe(201);
	const [license] = running.site.standing().licenses;
	expect(license).toMatchObject({
		state: 'active',
		worksUntil: now + 3600 + 2 * 86_400,
		grace: { refused: 'ACTIVATION_IN_GRACE' }
	});
	ahead = 3600 + 2 * 86_400;
	await running.site.refresh();
	expect(await one.renew(lease)).toMatchObject({ body: { restart: { reason: 'license-ended' } } });
	expect((await new Client(running.url).claim()).said.body).toMatchObject({
		code: 'NO_SERVER_LICENSE'
	});
});

test('[LE2] a restart frees nothing and doubles nothing; what was released stays so', async () => {
	await machine.activate({ clients: 2 });
	await running.site.refresh();
	const [one, two] = [new Client(running.url), new Client(running.url)];
	const nonces = [nonceOf(), nonceOf()];
	await one.claim({}, nonces[0]);
	const [a, b] = [await one.claim(), await two.claim({}, nonces[1])];
	await two.release(b);
	await running.close();
	running = await openTestSite(machine, { port: Number(new URL(running.url).port) });
	expect(running.site.pools.list()).toMatchObject([{ id: a.id, user: 'Demo Person' }]);
	expect(await one.renew(a)).toMatchObject({ status: 200, proven: true, body: { ttl: 60 } });
	expect(await two.renew(b)).toMatchObject({ status: 410 });
	// Heard on the way before, and sent again: nobody loses a seat by it. [LE3]
	for (const [at, client] of [one, two].entries())
		expect((await client.claim({}, nonces[at])).said.body).toMatchObject({ code: 'REPLACED' });
	expect((await two.claim()).said.status).toBe(201);
	expect((await new Client(running.url).claim()).said.status).toBe(409);
});

test('[LE2] whoever does not renew is gone after their time, by no clock that is set', async () => {
	await machine.activate({ clients: 1 });
	await running.site.settings.write('ttl', 1);
	await running.site.refresh();
	const one = new Client(running.url);
	const lease = await one.claim();
	expect(lease.claims).toMatchObject({ ttl: 1 });
	await expect.poll(async () => (await new Client(running.url).claim()).said.status).toBe(201);
	expect(await one.renew(lease)).toMatchObject({
		status: 410,
		proven: true,
		body: { code: 'LEASE_ENDED' }
	});
});

test('[LE2] a time that is made shorter takes nothing from who was told a longer one', async () => {
	await machine.activate({ clients: 1 });
	await running.site.refresh();
	const one = new Client(running.url);
	const lease = await one.claim();
	await running.site.settings.write('ttl', 1);
	expect((await one.renew(lease)).body).toMatchObject({ ttl: 1 });
	const left = () =>
		running.site.pools.find(lease.id)!.lease!.livesUntil - running.site.monotonic();
	expect(left()).toBeGreaterThan(30_000);
	await running.close();
	running = await openTestSite(machine);
	expect(left()).toBeGreaterThan(30_000);
});

test('[ST1] the folder of another machine is not served', async () => {
	const made = await running.site.licensing().createRequest({
		key: makeLicenseNumber(new Uint8Array(11)),
		name: 'Site Admin'
	});
	expect(made).toHaveProperty('file');
	const copy = makeSiteMachine(vendor, 'other');
	cpSync(machine.data, copy.data, { recursive: true });
	await expect(openTestSite(copy, {}, 'other')).rejects.toMatchObject({ code: 'FOLDER_NOT_READY' });
	copy.remove();
});
