/** Resources, connection log and use of a real site server, as its clients make them. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isRefusal } from '#lib/domain/refusal.ts';
import { HOUR_SECONDS } from '#lib/domain/site/usage.ts';
import { readFile } from '#lib/formats/file.ts';
import { verifyUsage } from '#lib/signing/usage.ts';
import type { RunningSite } from '#server/serve-site.ts';
import { importRows } from '#server/site/resources/import-list.ts';
import { licensesHere } from '#server/site/resources/licenses-here.ts';
import { writeReport } from '#server/site/usage/report.ts';
import {
	makeSiteMachine,
	makeVendor,
	openTestSite,
	type SiteMachine,
	type Vendor
} from '../fixtures/running-site.ts';
import { Client } from './client.ts';

const START = Math.floor(Date.now() / 1000);
const north = 'KF-7Q2M-90TK-C4XR';
const south = 'KF-3A1R-55GW-08M4';

let vendor: Vendor;
let machine: SiteMachine;
let running: RunningSite;
let later = 0;

beforeAll(async () => {
	vendor = await makeVendor();
	machine = makeSiteMachine(vendor);
	running = await openTestSite(machine, { now: () => START + later });
	await machine.activate({ org: 'North Works', num: north, clients: 3 });
	const sub = '019b0000-0000-7000-8000-0000000000aa';
	const exp = START + 1000;
	await machine.activate({ org: 'South Works', num: south, sub, clients: 3, exp });
	await running.site.refresh();
	const { site } = running;
	await site.settings.write('log', 'all');
	const licenses = licensesHere(await site.licensing().active());
	const rows = [
		{ name: 'plant-west', customer: 'North Works', limit: '1' },
		{ name: 'plant-east', customer: 'South Works' }
	].map((cells, at) => ({ line: at + 1, cells }));
	expect(importRows(site.resources, rows, { licenses, now: START })).toMatchObject({ imported: 2 });
});
afterAll(async () => {
	await running.close();
	machine.remove();
});

const listed = async (product = 'atlas-server') => {
	const answer = await fetch(`${running.url}/v1/resources?product=${product}`);
	return (await answer.json()) as { resources: { name: string; inUse: number }[] };
};

test('[RS2] clients see resources of every customer whose license is active here, and no others', async () => {
	expect(await listed()).toEqual({
		resources: [
			{ name: 'plant-east', kind: 'database', customer: 'South Works', inUse: 0 },
			{ name: 'plant-west', kind: 'database', customer: 'North Works', inUse: 0, limit: 1 }
		]
	});
	expect(await listed('delta')).toEqual({ resources: [] });
	const unnamed = await fetch(`${running.url}/v1/resources`);
	expect([unnamed.status, await unnamed.json()]).toMatchObject([400, { code: 'BODY_INVALID' }]);
});

test('[RS2] a resource is opened under its own license, up to its own limit', async () => {
	const [one, two, three] = [1, 2, 3].map(() => new Client(running.url)) as [
		Client,
		Client,
		Client
	];
	const west = await one.claim({ user: 'Ada', resource: 'plant-west' });
	expect(west.claims).toMatchObject({ num: north, res: 'plant-west' });
	const refused = await two.claim({ resource: 'plant-west' });
	expect(refused.said.body).toMatchObject({
		code: 'RESOURCE_LIMIT_REACHED',
		facts: { resource: 'plant-west', limit: 1, holders: [{ user: 'Ada' }] }
	});
	const east = await two.claim({ resource: 'plant-east' });
	expect(east.claims).toMatchObject({ num: south, res: 'plant-east' });
	expect((await three.claim({ resource: 'attic' })).said.body).toMatchObject({
		code: 'RESOURCE_NOT_OPEN'
	});
	expect((await listed()).resources.map(({ inUse }) => inUse)).toEqual([1, 1]);
	await one.release(west);
	expect((await listed()).resources.map(({ inUse }) => inUse)).toEqual([1, 0]);
	await two.release(east);
});

test('[RS2] a license that ends takes its resources off the list, and comes back with them', async () => {
	later = 2000;
	await running.site.refresh();
	expect((await listed()).resources.map(({ name }) => name)).toEqual(['plant-west']);
	expect((await new Client(running.url).claim({ resource: 'plant-east' })).said.body).toMatchObject(
		{
			code: 'RESOURCE_NOT_OPEN'
		}
	);
	later = 0;
	await running.site.refresh();
	expect((await listed()).resources).toHaveLength(2);
});

test('[LG1] no key, nonce or proof of a client gets into the log, nor a name where names are hidden', async () => {
	const { site } = running;
	await site.log.settled();
	const text = () => {
		const folder = join(machine.data, 'log');
		return readdirSync(folder)
			.map((name) => readFileSync(join(folder, name), 'utf8'))
			.join('');
	};
	const { entries = [] } = await site.log.read({ limit: 100 });
	expect(entries.map(({ event }) => event)).toEqual(
		expect.arrayContaining(['claim', 'release', 'refused'])
	);
	// Hidden by default: whoever it was has a pseudonym.
	expect(text()).not.toMatch(/Ada|Demo Person|bench-01|key:/);
	await site.settings.write('logNames', true);
	const client = new Client(running.url);
	const held = await client.claim({ user: 'Ada Byron' });
	await client.release(held);
	await site.log.settled();
	expect(text()).toContain('Ada Byron');
	const { nonce, dh } = held.claims!;
	const shared = await client.shared();
	for (const secret of [nonce, dh, client.dh.d, client.dh.x, held.key.toString('base64url')])
		expect(text()).not.toContain(secret);
	expect(text()).not.toContain(shared.toString('base64url'));
	expect(statSync(join(machine.data, 'log.key')).mode & 0o077).toBe(0);
});

test('[US2] the use of this hour is counted, and reported up to the root of the vendor', async () => {
	const { site } = running;
	const hour = Math.floor(START / HOUR_SECONDS);
	const span = { from: hour - 1, to: hour + 2 };
	const [pool] = site.pools.summary();
	const hours = site.usage.hours(span);
	const peak = Math.max(...hours.map((each) => each.peak));
	expect(peak).toBe(2);
	const report = await writeReport(site.folder, {
		site: 'Plant west',
		activationFile: pool!.files[0]!,
		clients: pool!.clients,
		hours,
		span,
		now: START
	});
	const file = readFile(report);
	if (isRefusal(file)) throw new Error(file.refused);
	const usage = await verifyUsage(file, { roots: vendor.roots });
	if (isRefusal(usage)) throw new Error(usage.refused);
	expect(usage.claims).toMatchObject({ site: 'Plant west', clients: 6 });
	expect(usage.hours).toEqual(
		[hour - 1, hour, hour + 1].map(
			(each) =>
				hours
					.filter((counted) => counted.hour === each)
					.map(({ product: _, ...counted }) => counted)[0] ?? {
					hour: each,
					peak: 0,
					denied: 0,
					waiting: 0
				}
		)
	);
	expect(report).not.toMatch(/Ada|bench-01/);
});
