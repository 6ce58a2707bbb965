/**
 * PostgreSQL ended with kill -9, and its line cut, while requests arrive at a hub. `FAULT_ROUNDS_POSTGRES`
 * says how often each (2), `FAULT_SEED` repeats a run.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPostgres } from '#server/db/store.ts';
import { startPostgres, type OwnPostgres } from '../../../scripts/find-postgres.ts';
import { randomOf } from '../../fuzz/inputs.ts';
import { differencesOfCounts, findDifferences, readLedger } from '../checker.ts';
import { startCommitCutter, type CommitCutter } from '../commit-cutter.ts';
import { findDeskDifferences, readDeskLedger } from '../desk/desk-journals.ts';
import { demoPeople, lineTo, makeDeskTraffic } from '../desk/desk-traffic.ts';
import { issueOver, startHubProcess, type FaultLicense, type HubProcess } from '../hub-process.ts';
import { countFaults, FAULT_SEED, roundsOf } from '../rounds.ts';
import { startTraffic, type Traffic } from '../traffic.ts';

const ROUNDS = roundsOf('FAULT_ROUNDS_POSTGRES', 2);

/** The package with PostgreSQL may be out of reach. */
const own = await startPostgres().catch((cause: unknown) => String(cause));
const reason = typeof own === 'string' ? own : '';

describe('a hub whose PostgreSQL breaks', { timeout: 300_000 + ROUNDS * 30_000 }, () => {
	/** Ended when all is over, the last first, however far the beginning got. */
	const started = new AsyncDisposableStack();
	let home: string;
	let postgres: OwnPostgres;
	let cutter: CommitCutter;
	let hub: HubProcess;
	let traffic: Traffic;
	let license: FaultLicense;
	beforeAll(async () => {
		if (typeof own === 'string') return;
		postgres = own;
		started.defer(() => own.stop());
		home = mkdtempSync(join(tmpdir(), 'keyferry-broken-'));
		started.defer(() => rmSync(home, { recursive: true, force: true }));
		const data = join(home, 'data');
		cutter = await startCommitCutter(postgres.url);
		started.defer(() => cutter.close());
		hub = await startHubProcess({ data, databaseUrl: cutter.url });
		// Its database goes away with it.
		started.defer(() => hub.end('SIGTERM'));
		license = await issueOver(hub, 100_000);
		const random = randomOf(FAULT_SEED);
		traffic = startTraffic({ address: hub.address, license, callers: 8, random });
		started.defer(() => traffic.stop());
	});
	afterAll(() => started.disposeAsync());

	const compare = async () => {
		await traffic.caughtUp();
		// Callers go on: what they have been told by now must be in the ledger as it is then.
		const journal = structuredClone(traffic.journal);
		const store = await openPostgres(postgres.url);
		const ledger = await readLedger(store);
		await store.close();
		return findDifferences(journal, ledger);
	};

	test('[SE3] kill -9 before and after a commit: nothing lost, nothing twice', async (context) => {
		context.skip(reason !== '', reason);
		let betweenCommitAndAnswer = 0;
		for (let round = 0; round < ROUNDS; round++) {
			const known = traffic.foundLater.size;
			await cutter.cutAt(round % 3 === 2 ? 'before-commit' : 'after-commit', () => postgres.kill());
			await sleep(50);
			await postgres.start();
			await traffic.caughtUp();
			if (traffic.foundLater.size > known) betweenCommitAndAnswer++;
		}
		expect(await compare()).toEqual([]);
		countFaults('postgres-killed', { faults: ROUNDS, activations: traffic.journal.size });
		expect(betweenCommitAndAnswer).toBeGreaterThanOrEqual(Math.floor((ROUNDS * 2) / 3));
	});

	test('[SE3] the line cut before and after a commit: nothing lost, nothing twice', async (context) => {
		context.skip(reason !== '', reason);
		const cuts = ROUNDS * 4;
		for (let round = 0; round < cuts; round++) {
			const moment = round % 2 === 0 ? 'before-commit' : 'after-commit';
			// First what is stored in one round trip, then what is decided under locks.
			if (round === cuts / 2) await hub.order('take-locks');
			await cutter.cutAt(moment, () => Promise.resolve());
			await traffic.caughtUp();
		}
		expect(await compare()).toEqual([]);
		countFaults('line-cut', { faults: cuts });
	});

	test('in the end every answer is there, and asked again it is the same', async (context) => {
		context.skip(reason !== '', reason);
		await traffic.stop();
		await traffic.settle();
		expect(await compare()).toEqual([]);
		expect([...traffic.journal.values()].every(({ grants }) => grants.length > 1)).toBe(true);
	});

	test('[SY2, AL4] kill -9 while desks sync: queues drain, every draw is recorded once', async (context) => {
		context.skip(reason !== '', reason);
		const random = randomOf(FAULT_SEED);
		const people = demoPeople(join(home, 'data'));
		const desks = await makeDeskTraffic({ lineOf: () => lineTo(hub), people, license, random });
		desks.start();
		for (let round = 0; round < ROUNDS; round++) {
			await cutter.cutAt(round % 3 === 2 ? 'before-commit' : 'after-commit', () => postgres.kill());
			await sleep(50);
			await postgres.start();
			await sleep(500);
		}
		await desks.stop();
		await desks.drain();
		const store = await openPostgres(postgres.url);
		const [ledger, known] = [await readLedger(store), await readDeskLedger(store)];
		await store.close();
		expect(findDeskDifferences(await desks.journals(), known)).toEqual([]);
		expect(differencesOfCounts(ledger)).toEqual([]);
		countFaults('postgres-killed, desks', { faults: ROUNDS, ...(await desks.counted()) });
		for (const { life } of desks.desks) life.end();
	});
});
