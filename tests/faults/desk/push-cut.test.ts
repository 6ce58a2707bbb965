/**
 * Pushes of a desk whose line is cut: between hub and PostgreSQL before and after the commit, and
 * between desk and hub before the answer. `FAULT_ROUNDS_PUSH` says how often each (10), `FAULT_SEED`
 * repeats a run.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPostgres } from '#server/db/store.ts';
import { setDeskPolicy } from '#server/operations/allotments/desk-policy.ts';
import { randomOf } from '../../fuzz/inputs.ts';
import { makeLicense } from '../../fixtures/hub.ts';
import { serveHub, type ServedHub } from '../../fixtures/served-hub.ts';
import { makeDatabase, testServer } from '../../fixtures/empty-database.ts';
import { differencesOfCounts, readLedger } from '../checker.ts';
import { startCommitCutter, type CommitCutter } from '../commit-cutter.ts';
import { findDeskDifferences, readDeskLedger } from './desk-journals.ts';
import { makeDeskTraffic, type DeskTraffic } from './desk-traffic.ts';
import { countFaults, FAULT_SEED, roundsOf } from '../rounds.ts';

const ROUNDS = roundsOf('FAULT_ROUNDS_PUSH', 10);
const moments = ['before-commit', 'after-commit', 'before-answer'] as const;

describe.skipIf(testServer === undefined)('a push whose line is cut', () => {
	let cutter: CommitCutter;
	let hub: ServedHub;
	let traffic: DeskTraffic;
	/** Answers of pushes that are lost. */
	let unanswered = 0;
	beforeAll(async () => {
		const { url, drop } = await makeDatabase();
		cutter = await startCommitCutter(url);
		hub = await serveHub(async () => ({ open: () => openPostgres(cutter.url), remove: drop }));
		const license = await makeLicense(hub, { seats: 100_000, returnsPerYear: 1000 });
		const { manager: asker } = license;
		await setDeskPolicy(hub.hub, license, {
			policy: { deskSeats: 500, offlineShare: 5000 },
			asker
		});
		const person = await hub.addPerson('manager');
		await hub.setRole(person, license.customerId, 'manager');
		traffic = await makeDeskTraffic({
			lineOf: () => async (request) => {
				const answer = await hub.line(request);
				if (unanswered === 0 || !request.url.includes('sync.push')) return answer;
				unanswered--;
				throw new TypeError('fetch failed');
			},
			people: [person],
			license,
			random: randomOf(FAULT_SEED)
		});
	});
	afterAll(async () => {
		for (const { life } of traffic.desks) life.end();
		await hub.remove();
		await cutter.close();
	});

	test(
		'[SY2] is settled once, and answers the same when it is sent again',
		{ timeout: 300_000 + ROUNDS * 10_000 },
		async () => {
			const [desk] = traffic.desks;
			const waiting = async () => (await desk!.calls.countWaiting()).count;
			for (let round = 0; round < ROUNDS * moments.length; round++) {
				const moment = moments[round % moments.length]!;
				do await traffic.work(desk!);
				while ((await waiting()) === 0);
				const before = await waiting();
				if (moment === 'before-answer') unanswered = 1;
				const cut =
					moment === 'before-answer' ? undefined : cutter.cutAt(moment, () => Promise.resolve());
				await desk!.do((calls) => calls.round());
				await cut;
				// A hub that loses its database tries again by itself; a desk that hears nothing cannot know.
				if (moment === 'before-answer') expect(await waiting()).toBe(before);
				await traffic.drain();
			}
			const journals = await traffic.journals();
			expect(findDeskDifferences(journals, await readDeskLedger(hub.store))).toEqual([]);
			expect(differencesOfCounts(await readLedger(hub.store))).toEqual([]);
			const faults = ROUNDS * moments.length;
			countFaults('push-cut', { faults, ...(await traffic.counted()) });
		}
	);
});
