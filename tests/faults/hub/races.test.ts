/**
 * Sixteen callers at once on five seats, again and again: never a sixth. `RACE_ROUNDS` says how often
 * on each store (20).
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { and, eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { isRefusal } from '#lib/domain/refusal.ts';
import { activations, licenses } from '#server/db/schema/ledger.ts';
import { isAtOnce } from '#server/db/connection.ts';
import type { Database, Transaction } from '#server/db/database.ts';
import { openPostgres, type Store } from '#server/db/store.ts';
import { activate } from '#server/operations/activations/activate.ts';
import type { Hub } from '#server/hub/hub.ts';
import { askFor, makeLicense, makeMachine, makeTestHub } from '../../fixtures/hub.ts';
import { makeDatabase, testServer } from '../../fixtures/empty-database.ts';
import { makeEmbeddedStore, makePostgresStore } from '../../fixtures/stores.ts';
import { asChanged, underLocks } from '../../fixtures/with-transaction.ts';
import { issueOver, startHubProcess, type FaultLicense } from '../hub-process.ts';
import { countFaults, roundsOf } from '../rounds.ts';

const ROUNDS = roundsOf('RACE_ROUNDS', 20);
const SEATS = 5;
const CALLERS = 16;

/** Brings a request to one of the hubs. @returns `granted`, or the code of the refusal. */
type Bring = (request: string) => Promise<string>;

type Outcome = { answers: string[]; seats: number; active: number };

/** One race, with what the callers were told and what the ledger then says. */
async function race({ db }: Pick<Store, 'db'>, license: FaultLicense, hubs: readonly Bring[]) {
	const asked = await Promise.all(
		Array.from({ length: CALLERS }, async () => askFor(license, await makeMachine()))
	);
	const answers = await Promise.all(asked.map((request, at) => hubs[at % hubs.length]!(request)));
	const { licenseId } = license;
	const [row] = await db.select().from(licenses).where(eq(licenses.licenseId, licenseId));
	const held = await db
		.select()
		.from(activations)
		.where(and(eq(activations.licenseId, licenseId), eq(activations.state, 'active')));
	return { answers: answers.sort(), seats: held.length, active: row!.active } satisfies Outcome;
}

const fair: Outcome = {
	answers: [
		...Array.from({ length: CALLERS - SEATS }, () => 'SEAT_LIMIT_REACHED'),
		...Array.from({ length: SEATS }, () => 'granted')
	].sort(),
	seats: SEATS,
	active: SEATS
};

/** Several hubs on one store in this process: each commits its own groups. */
function hubsOn(hub: Hub, count: number): Bring[] {
	return Array.from({ length: count }, () => {
		const one = { ...hub };
		return async (request: string) => {
			const answer = await activate(one, request);
			return isRefusal(answer) ? answer.refused : (answer.refusal?.refused ?? 'granted');
		};
	});
}

describe('[SE2] sixteen callers on five seats', { timeout: 300_000 + ROUNDS * 6_000 }, () => {
	describe.for([
		['the embedded database', makeEmbeddedStore, false],
		['PostgreSQL', makePostgresStore, testServer === undefined]
	] as const)('on %s', ([name, makeStore, isMissing]) => {
		test.skipIf(isMissing)('through one hub and through four, five are granted', async () => {
			const store = await makeStore();
			const made = await makeTestHub(store);
			for (let round = 0; round < ROUNDS; round++) {
				const license = await makeLicense(made, { seats: SEATS });
				// One, four, and four that decide under locks.
				const hub = round % 3 === 2 ? { ...made.hub, db: underLocks(store.db) } : made.hub;
				const hubs = hubsOn(hub, round % 3 === 0 ? 1 : 4);
				expect(await race(store, license, hubs), `round ${round}`).toEqual(fair);
			}
			await store.close();
			countFaults(`races on ${name}`, { activations: ROUNDS * CALLERS });
		});
	});

	test.skipIf(testServer === undefined)(
		'through two hub processes on one PostgreSQL, five are granted',
		async () => {
			const home = mkdtempSync(join(tmpdir(), 'keyferry-race-'));
			const { url: databaseUrl, drop } = await makeDatabase();
			const data = join(home, 'one');
			const one = await startHubProcess({ data, databaseUrl });
			// The second has the same keys and secrets, as several processes of one vendor do.
			const filter = (path: string) => !path.includes('lock');
			cpSync(data, join(home, 'two'), { recursive: true, filter });
			const two = await startHubProcess({ data: join(home, 'two'), databaseUrl });
			const store = await openPostgres(databaseUrl);
			const hubs = [one, two].map(({ address }) => async (request: string) => {
				const body = JSON.stringify({ request });
				const answer = await fetch(`${address}/v1/activations`, { method: 'POST', body });
				const { code } = (await answer.json()) as { code?: string };
				return code ?? 'granted';
			});
			for (let round = 0; round < ROUNDS; round++) {
				const license = await issueOver(one, SEATS);
				expect(await race(store, license, hubs), `round ${round}`).toEqual(fair);
			}
			await store.close();
			await Promise.all([one.end('SIGTERM'), two.end('SIGTERM')]);
			await drop();
			rmSync(home, { recursive: true, force: true });
			countFaults('races of two processes', { activations: ROUNDS * CALLERS });
		}
	);

	test.skipIf(testServer === undefined)(
		'without the lock the same race is lost: the test can fail',
		async () => {
			const store = await makePostgresStore();
			const made = await makeTestHub(store);
			const lockless = { ...made.hub, db: withoutLocks(store.db) };
			let oversold = 0;
			for (let round = 0; round < 10 && oversold === 0; round++) {
				const license = await makeLicense(made, { seats: SEATS });
				const { seats } = await race(store, license, hubsOn(lockless, 4));
				if (seats > SEATS) oversold++;
			}
			await store.close();
			expect(oversold).toBe(1);
		}
	);
});

/**
 * The same database, in whose transactions licenses are not locked. Nothing is stored without a
 * transaction, as where something was changed meanwhile.
 */
function withoutLocks(db: Database): Database {
	const transaction: Database['transaction'] = (work, config) =>
		isAtOnce(config) ? asChanged(work) : db.transaction((tx) => work(withSelect(tx)), config);
	return new Proxy(db, {
		get: (target, name) => (name === 'transaction' ? transaction : read(target, name))
	});
}

function withSelect(tx: Transaction): Transaction {
	const select = (...fields: Parameters<Transaction['select']>) =>
		// Customers are: their counter and their audit would be lost, and the transaction with them.
		(fields as unknown[]).length === 0 ? neverLocked(tx.select(...fields)) : tx.select(...fields);
	return new Proxy(tx, {
		get: (target, name) => (name === 'select' ? select : read(target, name))
	});
}

/** Follows a query while it is built. */
function neverLocked<T extends object>(query: T): T {
	return new Proxy(query, {
		get: (target, name) => {
			if (name === 'for') return () => neverLocked(target);
			const value = read(target, name);
			if (typeof value !== 'function' || name === 'then') return value;
			return (...args: unknown[]) => {
				const next: unknown = Reflect.apply(value, target, args);
				return typeof next === 'object' && next !== null ? neverLocked(next) : next;
			};
		}
	});
}

function read(target: object, name: string | symbol): unknown {
	const value: unknown = Reflect.get(target, name, target);
	return typeof value === 'function' ? value.bind(target) : value;
}
