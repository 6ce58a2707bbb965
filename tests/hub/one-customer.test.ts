/**
 * The guard under which every contract runs on PostgreSQL: a transaction finds the rows of its customer
 * alone, and each statement names it.
 */
import { eq, ne } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isRefusal } from '#lib/domain/refusal.ts';
import { customers } from '#server/db/schema/catalog.ts';
import { licenses } from '#server/db/schema/ledger.ts';
import { outboxes } from '#server/db/schema/outboxes.ts';
import type { Transaction } from '#server/db/database.ts';
import { writing } from '#server/db/writing.ts';
import { answerFile } from '#server/ledger/held/answer.ts';
import { setDeskPolicy } from '#server/operations/allotments/desk-policy.ts';
import { returnActivations } from '#server/operations/facts/return-activations.ts';
import { testServer } from '../fixtures/empty-database.ts';
import { makeDrawingDesk } from '../fixtures/drawing-desk.ts';
import {
	askFor,
	makeLicense,
	makeMachine,
	makeTestHub,
	returnOf,
	type TestHub,
	type TestLicense
} from '../fixtures/hub.ts';
import { makePostgresStore, type TestStore } from '../fixtures/stores.ts';
import { submitUnderLocks } from '../fixtures/under-locks.ts';

describe.skipIf(testServer === undefined)('a hub whose store is guarded', () => {
	let store: TestStore;
	let made: TestHub;
	let [mine, theirs]: TestLicense[] = [];
	beforeAll(async () => {
		store = await makePostgresStore();
		made = await makeTestHub(store);
		[mine, theirs] = [await makeLicense(made, { seats: 3 }), await makeLicense(made)];
	});
	afterAll(() => store.close());

	/** Names the first customer besides, as each statement of its transaction must. */
	const rename = (tx: Transaction, { licenseId }: TestLicense) =>
		tx
			.update(licenses)
			.set({ purchase: mine!.customerId })
			.where(eq(licenses.licenseId, licenseId))
			.returning({ id: licenses.licenseId });

	test('[DB1] a seat is granted, drawn and given back by statements that each name the customer', async () => {
		const policy = { deskSeats: 2, offlineShare: 2 };
		await setDeskPolicy(made.hub, mine!, { policy, asker: mine!.manager });
		const desk = await makeDrawingDesk(made, mine!.manager);
		const block = await desk.reserve(mine!.number, 2);
		const drawn = await askFor({ number: mine!.number }, await makeMachine());
		const file = await desk.draw(block, drawn, made.clock.now);
		if (isRefusal(file)) throw new Error(file.refused);
		expect(await desk.tell('activation.draw', { file })).toMatchObject({ refusal: undefined });
		const machine = await makeMachine();
		const answer = await submitUnderLocks(made, await askFor(mine!, machine));
		const given = await returnOf(answerFile(made.hub, answer), machine);
		expect(await returnActivations(made.hub, [given])).toMatchObject([{ isNew: true }]);
	});

	test('[DB1] in a transaction of one customer no row of another is found, or changed', async () => {
		await writing(made.hub.db, mine!.customerId, async ({ tx, customerId }) => {
			const all = await tx
				.select({ id: customers.customerId })
				.from(customers)
				.where(ne(customers.name, customerId));
			expect(all).toEqual([{ id: customerId }]);
			expect(await rename(tx, mine!)).toHaveLength(1);
			expect(await rename(tx, theirs!)).toEqual([]);
		});
	});

	test('[DB1] a statement in it that names no customer fails', async () => {
		const naming = writing(made.hub.db, mine!.customerId, ({ tx }) => tx.select().from(licenses));
		await expect(naming).rejects.toMatchObject({
			cause: { message: expect.stringContaining('names no customer') as string }
		});
	});

	test('[DB1] one that writes what is the catalog’s besides fails', async () => {
		const both = writing(made.hub.db, mine!.customerId, async ({ tx }) => {
			await rename(tx, mine!);
			await tx.update(outboxes).set({ desk: 'Field phone' });
		});
		await expect(both).rejects.toMatchObject({
			cause: { message: expect.stringContaining('writes license and outbox') as string }
		});
	});

	test('[DB1] outside of one, rows are listed, and none is written', async () => {
		const { db } = made.hub;
		const listed = await db.select().from(licenses);
		expect(listed.length).toBeGreaterThan(1);
		const changed = await db.update(licenses).set({ purchase: 'lost' }).returning();
		expect(changed).toEqual([]);
		const copy = { ...listed[0]!, licenseId: 'copy', number: 'copy' };
		await expect(db.insert(licenses).values(copy)).rejects.toMatchObject({
			cause: { message: expect.stringContaining('row-level security') as string }
		});
	});
});
