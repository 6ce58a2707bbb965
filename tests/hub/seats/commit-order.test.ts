/**
 * No commit slips behind a desk's cursor: a writer that has taken its revision is held before its
 * commit while another commits, and a desk pulls in between. The same scene with a bare sequence in
 * the place of the counter row loses a change, so the scene can tell. [SY4]
 */
import { and, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Cursor } from '#lib/protocol/pull.ts';
import { customers } from '#server/db/schema/catalog.ts';
import { licenses } from '#server/db/schema/ledger.ts';
import type { Transaction } from '#server/db/database.ts';
import type { Store } from '#server/db/store.ts';
import { writing, type Writing } from '#server/db/writing.ts';
import { pull } from '#server/operations/pull/pull.ts';
import { makeLicense, makeTestHub, type TestHub, type TestLicense } from '../../fixtures/hub.ts';
import { testServer } from '../../fixtures/empty-database.ts';
import { makePostgresStore } from '../../fixtures/stores.ts';

describe.skipIf(testServer === undefined)('two writers of one customer, on PostgreSQL', () => {
	let store: Store;
	let made: TestHub;
	beforeAll(async () => {
		store = await makePostgresStore();
		made = await makeTestHub(store);
		await store.db.execute(sql`create sequence bare_revision start 1000`);
	});
	afterAll(() => store.close());

	/** How a transaction takes its revision, and what it does with it last. */
	type Counting = {
		take: (shell: Writing) => Promise<number>;
		end: (tx: Transaction, customerId: string, revision: number) => Promise<unknown>;
	};
	const counterRow: Counting = {
		take: (shell) => shell.raiseRevision(),
		end: () => Promise.resolve()
	};
	const bareSequence: Counting = {
		take: async ({ tx }) => {
			const done: unknown = await tx.execute(sql`select nextval('bare_revision')::int as n`);
			// Sound: the driver answers with the rows of the one statement.
			return (done as { rows: { n: number }[] }).rows[0]!.n;
		},
		end: (tx, customerId, revision) =>
			tx
				.update(customers)
				.set({ revision: sql`greatest(${customers.revision}, ${revision}::bigint)` })
				.where(eq(customers.customerId, customerId))
	};

	/** @returns Which of the two changes a desk has heard of that pulled between them, and after. */
	async function heard({ take, end }: Counting): Promise<string[]> {
		const one = await makeLicense(made);
		const other = await makeLicense(made, { customerId: one.customerId });
		const pulled = new Map<string, number>();
		let cursor: Cursor | undefined;
		const pullAll = async () => {
			const page = await pull(made.hub, cursor, one.manager);
			for (const { number, suspendedAt = 0 } of page.licenses) pulled.set(number, suspendedAt);
			cursor = page.cursor;
		};
		await pullAll();

		const barrier = Promise.withResolvers<undefined>();
		const taken = Promise.withResolvers<undefined>();
		const suspend = ({ customerId, licenseId }: TestLicense, wait?: Promise<undefined>) =>
			writing(store.db, customerId, async (shell) => {
				const revision = await take(shell);
				taken.resolve(undefined);
				await wait;
				await shell.tx
					.update(licenses)
					.set({ suspendedAt: 7, revision })
					.where(and(eq(licenses.customerId, customerId), eq(licenses.licenseId, licenseId)));
				await end(shell.tx, customerId, revision);
			});
		const first = suspend(one, barrier.promise);
		await taken.promise;
		let isDone = false;
		const second = suspend(other).then(() => (isDone = true));
		await expect.poll(async () => isDone || (await someoneWaits())).toBe(true);
		await pullAll();
		barrier.resolve(undefined);
		await Promise.all([first, second]);
		await pullAll();
		return [one, other]
			.filter(({ number }) => pulled.get(number) === 7)
			.map(({ number }) => number);
	}

	async function someoneWaits(): Promise<boolean> {
		const done: unknown = await store.db.execute(sql`
			select 1 from pg_stat_activity
			where datname = current_database() and wait_event_type = 'Lock'`);
		return (done as { rows: unknown[] }).rows.length > 0;
	}

	test('[SY4] with the counter row, a desk hears of both', async () => {
		expect(await heard(counterRow)).toHaveLength(2);
	});

	test('[SY4] with a bare sequence, the one that commits last is lost', async () => {
		expect(await heard(bareSequence)).toHaveLength(1);
	});
});
