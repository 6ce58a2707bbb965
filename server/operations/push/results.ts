/**
 * What customers have stored for commands. [SY2]
 *
 * @module
 */
import { and, eq, sql } from 'drizzle-orm';
import { among } from '#server/db/among.ts';
import { commandResults } from '#server/db/schema/outboxes.ts';
import { insertRows } from '#server/db/rows.ts';
import type { Transaction } from '#server/db/database.ts';
import type { Writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';
import type { CommandClaim } from './claims.ts';
import type { CommandRecord } from './settle-commands.ts';

/** Settled, or passed on. */
export type StoredResult = typeof commandResults.$inferSelect;

/** What is there of claims of whichever customers. */
export async function resultsOf(
	{ db }: Hub,
	claims: readonly CommandClaim[]
): Promise<StoredResult[]> {
	const found: StoredResult[] = [];
	for (const [customerId, own] of Map.groupBy(claims, (claim) => claim.customerId))
		found.push(...(await findResults(db, customerId, own)));
	return found;
}

/**
 * The same within the customer's transaction, once nobody else settles anything of this outbox for it: of
 * two who bring the same, the second finds what the first has stored.
 */
export async function lockResults(
	{ tx, customerId }: Writing,
	outbox: string,
	claims: readonly CommandClaim[]
): Promise<StoredResult[]> {
	const lock = tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${outbox}, 0))`);
	const [, found] = await Promise.all([lock.execute(), findResults(tx, customerId, claims)]);
	return found;
}

function findResults(
	db: Pick<Transaction, 'select'>,
	customerId: string,
	claims: readonly CommandClaim[]
): Promise<StoredResult[]> {
	const ids = claims.map(({ id }) => id);
	return db
		.select()
		.from(commandResults)
		.where(and(eq(commandResults.customerId, customerId), among(commandResults.id, ids)))
		.execute();
}

/** Stores what became of commands, and which go on to other customers. What was passed on before has come back. */
export async function keepResults(
	{ tx, customerId }: Writing,
	{ records, goes, known }: Stored,
	settledAt: number
): Promise<void> {
	const going = goes.map(({ id, moves }) => ({ id, passed: moves, settledAt }));
	const rows = [...records, ...going].map((row) => ({ ...row, customerId }));
	const ids = new Set(rows.map(({ id }) => id));
	const back = known.filter(({ id }) => ids.has(id)).map(({ id }) => id);
	if (back.length > 0)
		await tx
			.delete(commandResults)
			.where(and(eq(commandResults.customerId, customerId), among(commandResults.id, back)));
	await insertRows(tx, commandResults, rows, { customerId });
}

type Stored = {
	records: readonly CommandRecord[];
	/** Passed on from here. */
	goes: readonly CommandClaim[];
	/** What was there before. */
	known: readonly StoredResult[];
};
