/**
 * Stores spread over a cluster. Where `TEST_CITUS_URL` names one, what is promised of it is tried there;
 * `tests/hub/postgres.test.ts` and `tests/faults` then run on it as well.
 */
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { isRefusal } from '#lib/domain/refusal.ts';
import { distributePostgres, openPostgres, type Store } from '#server/db/store.ts';
import { activate } from '#server/operations/activations/activate.ts';
import { testCluster } from '../fixtures/citus.ts';
import { countTrips } from '../fixtures/count-trips.ts';
import { makeDatabase, testServer } from '../fixtures/empty-database.ts';
import { askFor, makeLicense, makeMachine, makeTestHub } from '../fixtures/hub.ts';

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
	else
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
});

/** What each machine has noted of transactions in two phases. It forgets them only when it has to recover. */
async function prepared({ db }: Store): Promise<unknown[]> {
	const found = await db.execute(
		sql`select nodeid, result from run_command_on_all_nodes('select count(*) from pg_dist_transaction') order by nodeid`
	);
	return (found as { rows: unknown[] }).rows;
}
