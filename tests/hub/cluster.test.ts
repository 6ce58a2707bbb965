/**
 * Stores spread over a cluster. Where `TEST_CITUS_URL` names one, what is promised of it is tried there;
 * `tests/hub/postgres.test.ts` and `tests/faults` then run on it as well.
 */
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { isRefusal } from '#lib/domain/refusal.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { distribute } from '#server/db/distribute.ts';
import { distributePostgres, openPostgres, type Store } from '#server/db/store.ts';
import { activate } from '#server/operations/activations/activate.ts';
import { push } from '#server/operations/push/push.ts';
import { testCluster } from '../fixtures/citus.ts';
import { countTrips } from '../fixtures/count-trips.ts';
import { makeBareDatabase, makeDatabase, testServer } from '../fixtures/empty-database.ts';
import {
	askFor,
	commandOf,
	makeLicense,
	makeMachine,
	makeTestHub,
	type TestLicense
} from '../fixtures/hub.ts';

describe.skipIf(testServer === undefined)('with TEST_DATABASE_URL', () => {
	if (testCluster === undefined)
		test('[DB2] a PostgreSQL that is no cluster is told what it needs, and stays as it is', async () => {
			const { url, drop } = await makeDatabase();
			await expect(distributePostgres(url)).rejects.toMatchObject({
				code: 'CITUS_MISSING',
				next: expect.stringContaining('docs/scale.md') as string
			});
			const store = await openPostgres(url);
			expect(store.distributed).toBe(false);
			await store.close();
			await drop();
		});
	else {
		test('[DB2] an activation on a license seen before is one call on one machine, committed in one phase', async () => {
			const { url, drop } = await makeDatabase();
			const store = await openPostgres(url);
			const made = await makeTestHub(store);
			const empty = await prepared(store);
			const license = await makeLicense(made, { seats: 9 });
			expect(await prepared(store), 'numbers lead to it on every machine').not.toEqual(empty);
			const submit = async () => {
				const answer = await activate(made.hub, await askFor(license, await makeMachine()));
				if (isRefusal(answer) || answer.refusal) throw new Error('refused');
			};
			await submit();
			const before = await prepared(store);
			const { statements } = await countTrips(submit);
			expect(statements).toHaveLength(1);
			expect(await prepared(store)).toEqual(before);
			expect(await distributePostgres(url)).toMatchObject({ spread: [], copied: [] });
			await store.close();
			await drop();
		});

		test('[DB2, SY2] a push is claimed on the coordinator alone, and settled on one machine for each customer', async () => {
			const { url, drop } = await makeDatabase();
			const store = await openPostgres(url);
			const made = await makeTestHub(store);
			const licenses: TestLicense[] = [];
			const machines = new Set<number>();
			while (machines.size < 2 || licenses.length < 6) {
				const license = await makeLicense(made, { seats: 9 });
				licenses.push(license);
				machines.add(await machineOf(store, license.customerId));
			}
			const roles = licenses.map(({ customerId }) => [customerId, 'manager'] as const);
			const asker = { userId: uuidv7(), roles: new Map(roles) };
			const outbox = uuidv7();
			const submit = async (from: number) => {
				const asked = licenses.map(async (license, at) =>
					commandOf(outbox, from + at, await askFor(license, await makeMachine()))
				);
				const pushed = { outbox, commands: await Promise.all(asked) };
				const reply = await push(made.hub, pushed, asker);
				if (isRefusal(reply)) throw new Error(reply.refused);
				expect(reply.results.map(({ n, refusal }) => [n, refusal])).toEqual(
					pushed.commands.map(({ n }) => [n, undefined])
				);
			};
			const [coordinator, ...workers] = await prepared(store);
			await submit(1);
			await submit(1 + licenses.length);
			// The claims none, and each customer where it is alone: rows that are not on one machine are two.
			const { nodeid, result } = coordinator!;
			const after = { nodeid, result: String(Number(result) + 2 * licenses.length) };
			expect(await prepared(store)).toEqual([after, ...workers]);
			await store.close();
			await drop();
		});

		test('[DB2] one that an older version has spread is brought to the tables of this one', async () => {
			const { url, drop } = await makeBareDatabase();
			const older = await openPostgres(url, '0033_grants-by-index');
			await distribute(older.db);
			await older.close();
			const store = await openPostgres(url);
			expect(store.distributed).toBe(true);
			const made = await makeTestHub(store);
			const answer = await activate(
				made.hub,
				await askFor(await makeLicense(made), await makeMachine())
			);
			if (isRefusal(answer)) throw new Error(answer.refused);
			expect([answer.isNew, answer.refusal]).toEqual([true, undefined]);
			await store.close();
			await drop();
		});
	}
});

/** Where the rows of a customer are. */
async function machineOf({ db }: Store, customerId: string): Promise<number> {
	const found = await db.execute(sql`
		select groupid as machine from pg_dist_placement
		where shardid = get_shard_id_for_distribution_column('customer', ${customerId}::text)`);
	return (found as { rows: [{ machine: number }] }).rows[0].machine;
}

type Prepared = { nodeid: number; result: string };

/** What each machine has noted of transactions in two phases, one for each machine that was asked to prepare. It forgets them only when it has to recover. */
async function prepared({ db }: Store): Promise<Prepared[]> {
	const found = await db.execute(
		sql`select nodeid, result from run_command_on_all_nodes('select count(*) from pg_dist_transaction') order by nodeid`
	);
	return (found as { rows: Prepared[] }).rows;
}
