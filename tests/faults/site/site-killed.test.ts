/**
 * A site server under fire: 500 clients claim, renew, release and vanish, while it is ended with
 * kill -9, its clock is wrong by years, and its clients are restarted. `FAULT_ROUNDS_SITE` says how
 * often it is killed (4), `FAULT_SEED` repeats a run.
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { randomOf } from '../../fuzz/inputs.ts';
import {
	makeSiteMachine,
	makeVendor,
	startSite,
	type SiteMachine,
	type SiteProcess
} from '../../fixtures/running-site.ts';
import { chooseSettings } from '../../site/choose-settings.ts';
import { WireClient, type Hold } from '../../site/wire-client.ts';
import { findLeaseDifferences, mostAtOnce } from './lease-journal.ts';
import { startLeaseTraffic } from './lease-traffic.ts';
import { countFaults, FAULT_SEED, roundsOf } from '../rounds.ts';

const ROUNDS = roundsOf('FAULT_ROUNDS_SITE', 4);
const RESTARTS = roundsOf('FAULT_ROUNDS_PODS', 200);

const PRODUCT = 'atlas-server';
const TTL = 5;
const YEAR = 365 * 86_400;

const vendor = await makeVendor();

type Served = { machine: SiteMachine; site: SiteProcess };

/** A server that allows so many clients. */
async function serve(clients: number): Promise<Served> {
	const machine = makeSiteMachine(vendor);
	await machine.activate({ clients });
	await chooseSettings(machine.data, { ttl: TTL });
	return { machine, site: await startSite(machine) };
}

const again = ({ machine, site }: Served, env: Record<string, string> = {}) =>
	startSite(machine, { port: site.port, env });

async function remove({ machine, site }: Served): Promise<void> {
	await site.end();
	machine.remove();
}

/** As many as are allowed get in once everybody has left or is over, and not one more. */
async function expectFree(at: { address: string }, clients: number): Promise<void> {
	let held: { client: WireClient; hold: Hold }[] = [];
	const giveUp = () => Promise.all(held.map(({ client, hold }) => client.release(hold)));
	await expect
		.poll(async () => {
			await giveUp();
			const all = Array.from({ length: clients }, () => new WireClient(at, { product: PRODUCT }));
			const said = await Promise.all(all.map((client) => client.claim()));
			held = said.flatMap((each, nth) =>
				each.said === 'yes' ? [{ client: all[nth]!, hold: each.hold }] : []
			);
			return held.length;
		})
		.toBe(clients);
	const another = await new WireClient(at, { product: PRODUCT }).claim();
	expect(another).toMatchObject({ said: 'no', proven: true, code: 'CLIENT_LIMIT_REACHED' });
	for (const { said } of await giveUp()) expect(said).toBe('yes');
}

describe('a site server that is ended with kill -9', () => {
	test(
		'[LE1, LE2] 500 clients never hold more leases than there are, and lose none that they hold',
		{ timeout: 300_000 + ROUNDS * 30_000 },
		async () => {
			const random = randomOf(FAULT_SEED);
			const clients = 100;
			const served = await serve(clients);
			const { address } = served.site;
			const traffic = startLeaseTraffic({
				address,
				product: PRODUCT,
				clients: 500,
				claimsPerSecond: 50,
				random
			});
			// Full: one more would be seen.
			await expect.poll(() => mostAtOnce(traffic.journal).most).toBe(clients);
			for (let round = 0; round < ROUNDS; round++) {
				const { granted } = traffic.counts;
				await expect.poll(() => traffic.counts.granted).toBeGreaterThan(granted + 20);
				await sleep(random() * 300);
				const down = performance.now();
				await served.site.end('SIGKILL');
				// The second time it is away for longer than a lease lives.
				if (round === 1) await sleep(TTL * 1100);
				traffic.outages.push({ down, up: performance.now() });
				served.site = await again(served);
			}
			// What was held through the last kill is renewed once more.
			const { renewed } = traffic.counts;
			await expect.poll(() => traffic.counts.renewed).toBeGreaterThan(renewed + clients);
			await traffic.stop();
			const { counts, journal, outages } = traffic;
			const { most } = mostAtOnce(journal, outages);
			console.log('leases under kill -9:', { rounds: ROUNDS, most, of: clients, ...counts });
			countFaults('site-killed', { faults: ROUNDS });
			expect(findLeaseDifferences(journal, clients, outages)).toEqual([]);
			expect(counts.strange).toEqual({});
			expect(counts.denied, 'there were more who wanted in').toBeGreaterThan(0);
			expect(counts.cut, 'calls were cut by the kills').toBeGreaterThan(0);
			await expectFree(traffic.at, clients);
			expect(served.site.log()).not.toMatch(/"level":(50|60)/);
			await remove(served);
		}
	);

	test(
		'[LE1] its clock is a year ahead, then a year behind, and nobody gets or loses a lease by it',
		{ timeout: 300_000 },
		async () => {
			const clients = 40;
			const served = await serve(clients);
			const { address } = served.site;
			const traffic = startLeaseTraffic({
				address,
				product: PRODUCT,
				clients: 120,
				claimsPerSecond: 40,
				random: randomOf(FAULT_SEED)
			});
			await expect.poll(() => mostAtOnce(traffic.journal).most).toBe(clients);
			const preload = `--import=${join(import.meta.dirname, '../../journeys/shift-clock.mjs')}`;
			for (const years of [1, 0]) {
				const { granted, renewed } = traffic.counts;
				await expect.poll(() => traffic.counts.granted).toBeGreaterThan(granted + 20);
				await expect.poll(() => traffic.counts.renewed).toBeGreaterThan(renewed + 20);
				const down = performance.now();
				await served.site.end('SIGKILL');
				traffic.outages.push({ down, up: performance.now() });
				served.site = await again(served, {
					NODE_OPTIONS: preload,
					CLOCK_SHIFT_SECONDS: String(years * YEAR)
				});
			}
			const { granted, renewed } = traffic.counts;
			await expect.poll(() => traffic.counts.granted).toBeGreaterThan(granted + 20);
			await expect.poll(() => traffic.counts.renewed).toBeGreaterThan(renewed + 20);
			await traffic.stop();
			console.log('leases under clocks:', traffic.counts);
			expect(findLeaseDifferences(traffic.journal, clients, traffic.outages)).toEqual([]);
			expect(traffic.counts.strange).toEqual({});
			await remove(served);
		}
	);
});

test(`[LE3] pods that restart × ${RESTARTS} take no seat twice`, { timeout: 300_000 }, async () => {
	const clients = 6;
	const random = randomOf(FAULT_SEED);
	const served = await serve(clients);
	const { site } = served;
	const pods = new Map<string, { client: WireClient; hold: Hold }>();
	const start = async (name: string) => {
		// A container has nothing from before but its name: another key, another lease.
		const client = new WireClient(site, { product: PRODUCT, name });
		const said = await client.claim({ machine: name });
		if (said.said !== 'yes') throw new Error(`${name}: ${said.code}`);
		const before = pods.get(name);
		pods.set(name, { client, hold: said.hold });
		return before;
	};
	const names = Array.from({ length: clients }, (_, at) => `worker-${at}`);
	for (const name of names) await start(name);
	for (let restart = 0; restart < RESTARTS; restart++) {
		const before = await start(names[Math.floor(random() * clients)]!);
		// The one that was stopped, should it go on after all, is told and has nothing.
		if (restart % 10 === 0)
			expect(await before?.client.renew(before.hold)).toMatchObject({
				said: 'no',
				code: 'REPLACED',
				proven: true
			});
	}
	const { products } = (await (await fetch(`${site.address}/v1/site`)).json()) as {
		products: { inUse: number; clients: number }[];
	};
	expect(products).toMatchObject([{ inUse: clients, clients }]);
	expect(await new WireClient(site, { product: PRODUCT, name: 'one-more' }).claim()).toMatchObject({
		said: 'no',
		code: 'CLIENT_LIMIT_REACHED'
	});
	for (const { client, hold } of pods.values())
		expect(await client.renew(hold)).toMatchObject({ said: 'yes', proven: true });
	await remove(served);
});
