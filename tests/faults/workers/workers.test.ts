/**
 * One hub of three workers on PostgreSQL: races between them, and kills of each kind of its processes.
 * `FAULT_ROUNDS_WORKERS` says how often (2), `FAULT_SEED` repeats a run.
 */
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { draws } from '#server/db/schema/allotments.ts';
import { directory } from '#server/db/schema/catalog.ts';
import { GUESSES } from '#server/http/rate-limit.ts';
import { PATIENCE_MS } from '#server/workers/hand-over.ts';
import { ownerAmong } from '#server/workers/owners.ts';
import { randomOf } from '../../fuzz/inputs.ts';
import { askFor, makeMachine } from '../../fixtures/hub.ts';
import { makeDatabase, testServer } from '../../fixtures/empty-database.ts';
import { differencesOfCounts, findDifferences, readLedger } from '../checker.ts';
import { findDeskDifferences, readDeskLedger } from '../desk/desk-journals.ts';
import { demoPeople, lineTo, makeDeskTraffic } from '../desk/desk-traffic.ts';
import { issueOver } from '../hub-process.ts';
import { countFaults, FAULT_SEED, roundsOf } from '../rounds.ts';
import { startTraffic } from '../traffic.ts';
import { openWorkers, WORKERS, type ToldWorker } from './open-workers.ts';
import { postOnce, samplesOf } from './worker-calls.ts';

const ROUNDS = roundsOf('FAULT_ROUNDS_WORKERS', 2);
const SEATS = 5;
const CALLERS = 16;

describe.skipIf(testServer === undefined)('three workers', { timeout: 300_000 }, () => {
	const { hub, store, inHome, start, startAgain, workers } = openWorkers();

	const post = (request: string, { address } = hub) => postOnce(address, request);
	const samples = () => samplesOf(hub.address);
	/** The one that owns the customer of a license. */
	const ownerIn = async (all: readonly ToldWorker[], number: string): Promise<ToldWorker> => {
		const [row] = await store.db.select().from(directory).where(eq(directory.key, number));
		const id = ownerAmong(
			row!.customerId,
			all.map((each) => each.id)
		);
		return all.find((each) => each.id === id)!;
	};
	/** All take part, and none of these is among them. */
	const replaced = async (gone: readonly ToldWorker[]) => {
		const ids = async () => (await workers()).map(({ id }) => id);
		await expect.poll(ids).toSatisfy((now: number[]) => gone.every(({ id }) => !now.includes(id)));
		await takePart();
	};
	const takePart = () =>
		expect
			.poll(async () => (await samples().catch(() => undefined))?.get('keyferry_workers'))
			.toBe(WORKERS);

	test('[SE2] sixteen callers on different workers, five seats: five are granted', async () => {
		for (let round = 0; round < ROUNDS * 3; round++) {
			const license = await issueOver(hub, SEATS);
			const requests = await Promise.all(
				Array.from({ length: CALLERS }, async () => askFor(license, await makeMachine()))
			);
			const answers = await Promise.all(requests.map((request) => post(request)));
			const granted = answers.filter(({ status }) => status === 201);
			const refused = answers.filter(({ code }) => code === 'SEAT_LIMIT_REACHED');
			expect([granted.length, refused.length], `round ${round}`).toEqual([SEATS, CALLERS - SEATS]);
		}
		expect(findDifferences(new Map(), await readLedger(store))).toEqual([]);
	});

	test('[SE3] the same request gets the same bytes, whichever worker is asked', async () => {
		const request = await askFor(await issueOver(hub, 1), await makeMachine());
		const answers = await Promise.all(Array.from({ length: WORKERS * 2 }, () => post(request)));
		expect(new Set(answers.map(({ file }) => file)).size).toBe(1);
		expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
	});

	test('[DB3] most requests are decided by the worker that owns their customer', async () => {
		const license = await issueOver(hub, 100);
		const before = await samples();
		for (let n = 0; n < 12; n++) await post(await askFor(license, await makeMachine(`turn ${n}`)));
		const after = await samples();
		const grown = (name: string) => (after.get(name) ?? 0) - (before.get(name) ?? 0);
		expect(after.get('keyferry_workers')).toBe(WORKERS);
		// Lines are given to workers in turn: a third of them to the owner itself.
		expect(grown('keyferry_handed_over_total')).toBe(8);
		const route = 'method="POST",route="/v1",status="201"';
		expect(grown(`keyferry_http_request_seconds_count{${route}}`)).toBe(12);
	});

	test('[HT1, PE4] limits hold for all workers together, those of guesses to the last one', async () => {
		const { url: databaseUrl, drop } = await makeDatabase();
		const limit = 60;
		const data = inHome('limited');
		const limited = await start({ data, databaseUrl, perAddress: limit });
		const [somebody] = demoPeople(data);
		const guess = async () => {
			const answer = await fetch(`${limited.address}/auth/sign-in/email`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ email: somebody!.email, password: 'a wrong guess' })
			});
			return answer.status;
		};
		const guesses = await Promise.all(Array.from({ length: GUESSES * 2 }, guess));
		expect(guesses.filter((status) => status === 401).length).toBeLessThanOrEqual(GUESSES);
		expect(guesses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(GUESSES);
		let passed = 0;
		while ((await post('nothing', limited)).status !== 429) passed++;
		expect(passed).toBeGreaterThanOrEqual(limit);
		expect(passed, 'what each of them would let through').toBeLessThan(limit * WORKERS);
		const others = await Promise.all(
			Array.from({ length: WORKERS }, () => post('nothing', limited))
		);
		expect(others.every(({ status }) => status === 429)).toBe(true);
		await limited.end('SIGTERM');
		await drop();
	});

	test('[SE3] kill -9 of a worker, mostly of the owner: every answer given is there, once', async () => {
		const random = randomOf(FAULT_SEED);
		const license = await issueOver(hub, 100_000);
		const traffic = startTraffic({ address: hub.address, license, callers: 8, random });
		for (let round = 0; round < ROUNDS * 2; round++) {
			const asked = traffic.journal.size;
			await expect.poll(() => traffic.journal.size).toBeGreaterThan(asked + 20);
			const all = await workers();
			const owner = await ownerIn(all, license.number);
			const victim = round % 4 === 3 ? all.find(({ id }) => id !== owner.id)! : owner;
			process.kill(victim.pid, 'SIGKILL');
			await replaced([victim]);
			await traffic.caughtUp();
		}
		await traffic.stop();
		await traffic.settle();
		countFaults('workers-killed', { faults: ROUNDS * 2, activations: traffic.journal.size });
		expect(findDifferences(traffic.journal, await readLedger(store))).toEqual([]);
		expect(traffic.journal.size).toBeGreaterThan(ROUNDS * 40);
	});

	test('[SE3] kill -9 of all workers at once: others answer on the same port', async () => {
		const license = await issueOver(hub, 10);
		const request = await askFor(license, await makeMachine());
		const { file } = await post(request);
		const all = await workers();
		for (const { pid } of all) process.kill(pid, 'SIGKILL');
		await replaced(all);
		expect(await post(request)).toMatchObject({ status: 200, file });
	});

	test('[SE1, SE3] an owner that stands still holds up nobody for ever, and gives nothing twice', async () => {
		const license = await issueOver(hub, SEATS);
		const requests = await Promise.all(
			Array.from({ length: SEATS }, async () => askFor(license, await makeMachine()))
		);
		const owner = await ownerIn(await workers(), license.number);
		process.kill(owner.pid, 'SIGSTOP');
		// Some are asked of the one that stands still.
		const asked = requests.map((request) =>
			Array.from({ length: WORKERS }, () => post(request, hub))
		);
		const first = await Promise.all(asked.map((each) => Promise.any(each)));
		// Who has waited for it once does not wait for it again.
		const again = performance.now();
		const known = Array.from({ length: WORKERS }, () => post(requests[0]!));
		await Promise.any(known);
		expect(performance.now() - again).toBeLessThan(PATIENCE_MS / 2);
		process.kill(owner.pid, 'SIGCONT');
		await Promise.all(known);
		const all = await Promise.all(asked.map((each) => Promise.all(each)));
		for (const [at, answers] of all.entries())
			expect(new Set([...answers, first[at]!].map(({ file }) => file)).size).toBe(1);
		expect((await post(await askFor(license, await makeMachine()))).code).toBe(
			'SEAT_LIMIT_REACHED'
		);
		expect(findDifferences(new Map(), await readLedger(store))).toEqual([]);
	});

	test('[DB3] told to end, all answer what they have begun; killed, none outlives the one that leads', async () => {
		const license = await issueOver(hub, 100);
		const requests = await Promise.all(
			Array.from({ length: CALLERS }, async () => askFor(license, await makeMachine()))
		);
		for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
			const all = await workers();
			const asked = requests.map((request) => post(request).catch(() => undefined));
			// One is answered: the others are on their way, or have been.
			await Promise.any(asked.map(async (each) => (await each) ?? Promise.reject(new Error())));
			await hub.end(signal);
			const answers = (await Promise.all(asked)).filter((each) => each !== undefined);
			expect(answers.every(({ status }) => status < 300)).toBe(true);
			for (const { pid } of all) await expect.poll(() => isThere(pid)).toBe(false);
			// Folder and port are free, and what was answered is there.
			await startAgain();
			for (const [at, request] of requests.entries()) {
				const known = await asked[at];
				const again = await post(request);
				if (known) expect(again).toMatchObject({ status: 200, file: known.file });
			}
		}
		expect(findDifferences(new Map(), await readLedger(store))).toEqual([]);
	});

	test('[SY2, AL4] kill -9 of workers while desks sync: queues drain, every draw is recorded once', async () => {
		const random = randomOf(FAULT_SEED);
		const license = await issueOver(hub, 100_000);
		const people = demoPeople(inHome('data'));
		const desks = await makeDeskTraffic({ lineOf: () => lineTo(hub), people, license, random });
		desks.start();
		for (let round = 0; round < ROUNDS; round++) {
			const before = await store.db.$count(draws);
			await expect.poll(() => store.db.$count(draws)).toBeGreaterThan(before + 2);
			const [victim] = await workers();
			process.kill(victim!.pid, 'SIGKILL');
			await replaced([victim!]);
		}
		await desks.stop();
		await desks.drain();
		const [ledger, known] = [await readLedger(store), await readDeskLedger(store)];
		countFaults('workers-killed, desks', { faults: ROUNDS, ...(await desks.counted()) });
		expect(findDeskDifferences(await desks.journals(), known)).toEqual([]);
		expect(differencesOfCounts(ledger)).toEqual([]);
	});
});

function isThere(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
}
