/**
 * Desks on bad lines: what they send is lost, cut short, comes twice or late, and so does what they
 * are answered. `FAULT_ROUNDS_LINE` says how many rounds of sync (80), `FAULT_ROUNDS_PARTITION` how
 * often a line is gone and comes back (2), `FAULT_SEED` repeats a run.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { oneOf, randomOf } from '../../fuzz/inputs.ts';
import { makeLicense, type TestLicense } from '../../fixtures/hub.ts';
import {
	embeddedHome,
	postgresHome,
	serveHub,
	type Person,
	type ServedHub
} from '../../fixtures/served-hub.ts';
import { testServer } from '../../fixtures/empty-database.ts';
import { setDeskPolicy } from '#server/operations/allotments/desk-policy.ts';
import { differencesOfCounts, readLedger } from '../checker.ts';
import { findDeskDifferences, readDeskLedger } from './desk-journals.ts';
import { makeDeskTraffic } from './desk-traffic.ts';
import { Line, troubles } from '../line.ts';
import { countFaults, FAULT_SEED, roundsOf } from '../rounds.ts';

const ROUNDS = roundsOf('FAULT_ROUNDS_LINE', 80);
const PARTITIONS = roundsOf('FAULT_ROUNDS_PARTITION', 2);

describe.for([
	['the embedded database', embeddedHome, false],
	['PostgreSQL', postgresHome, testServer === undefined]
] as const)('desks on bad lines, to a hub on %s', ([name, makeHome, isMissing]) => {
	let hub: ServedHub;
	let license: TestLicense;
	let people: Person[];
	beforeAll(async () => {
		if (isMissing) return;
		hub = await serveHub(makeHome);
		license = await makeLicense(hub, { seats: 100_000, returnsPerYear: 1000 });
		await setDeskPolicy(hub.hub, license, {
			policy: { deskSeats: 500, offlineShare: 5000 },
			asker: license.manager
		});
		people = [await hub.addPerson('manager'), await hub.addPerson('technician')];
		await hub.setRole(people[0]!, license.customerId, 'manager');
		await hub.setRole(people[1]!, license.customerId, 'technician');
	});
	afterAll(async () => {
		if (!isMissing) await hub.remove();
	});

	const open = async () => {
		const lines = people.map(() => new Line((request) => hub.line(request)));
		const at = { next: 0 };
		const made = await makeDeskTraffic({
			lineOf: () => {
				const line = lines[at.next++]!;
				return (request) => line.send(request);
			},
			people,
			license,
			random: randomOf(FAULT_SEED)
		});
		return { traffic: made, lines };
	};

	const compare = async (traffic: Awaited<ReturnType<typeof open>>['traffic']) => {
		await traffic.drain();
		const journals = await traffic.journals();
		expect(findDeskDifferences(journals, await readDeskLedger(hub.store))).toEqual([]);
		expect(differencesOfCounts(await readLedger(hub.store))).toEqual([]);
		const counted = await traffic.counted();
		for (const { life } of traffic.desks) life.end();
		return counted;
	};

	test.skipIf(isMissing)(
		'[SY2, SY3] lost, cut, repeated and late calls: nothing is lost and nothing done twice',
		{ timeout: 300_000 + ROUNDS * 2_000 },
		async () => {
			const random = randomOf(FAULT_SEED);
			const { traffic, lines } = await open();
			for (let round = 0; round < ROUNDS; round++) {
				const at = Math.floor(random() * people.length);
				const [desk, line] = [traffic.desks[at]!, lines[at]!];
				await traffic.work(desk);
				// The push is the second or third call of a round.
				line.expect(oneOf(random, troubles), Math.floor(random() * 4));
				await desk.do((calls) => calls.round());
				line.expect(undefined, 0);
				if (random() < 0.2) await line.deliverLate();
			}
			for (const line of lines) await line.deliverLate();
			const faults = lines.reduce((sum, { troubled }) => sum + troubled, 0);
			countFaults(`lines to ${name}`, { faults, ...(await compare(traffic)) });
			expect(faults).toBeGreaterThan(ROUNDS / 4);
		}
	);

	test.skipIf(isMissing)(
		'[SY3] a line that was gone and comes back: queues are empty soon',
		{ timeout: 300_000 + PARTITIONS * 40_000 },
		async () => {
			const random = randomOf(FAULT_SEED);
			const { traffic, lines } = await open();
			const stops = await Promise.all(
				traffic.desks.map((desk) => desk.do((calls) => Promise.resolve(calls.startSync())))
			);
			let slowest = 0;
			for (let round = 0; round < PARTITIONS; round++) {
				for (const line of lines) line.expect('gone', 0);
				const end = Date.now() + random() * 5_000;
				do for (const desk of traffic.desks) await traffic.work(desk);
				while (Date.now() < end);
				for (const line of lines) line.expect(undefined, 0);
				const healed = Date.now();
				// What a browser tells a page whose network is back.
				for (const { life } of traffic.desks) life.tell('online');
				const waiting = async () => {
					const counts = traffic.desks.map((desk) => desk.do((calls) => calls.countWaiting()));
					return (await Promise.all(counts)).reduce((sum, each) => sum + (each?.count ?? 0), 0);
				};
				await expect.poll(waiting, { message: `round ${round}` }).toBe(0);
				slowest = Math.max(slowest, Date.now() - healed);
			}
			for (const stop of stops) stop?.();
			console.log(`healed after ${slowest} ms at most`);
			countFaults(`partitions of ${name}`, { faults: PARTITIONS, ...(await compare(traffic)) });
		}
	);
});
