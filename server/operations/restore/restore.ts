/**
 * A backup into an empty store. [SY6]
 *
 * A hub that was moved goes on as it was: its source has stopped. A hub that was restored may have
 * promised seats after the backup that it no longer knows of; so it is another hub to its desks (its
 * epoch), signs under another key, and grants nothing until staff lift the freeze of each license,
 * after desks and machines have brought back what they hold.
 *
 * The rows go into tables of the version that wrote them; whoever opens the store next brings those up
 * to date.
 *
 * @module
 */
import { eq, sql } from 'drizzle-orm';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { tablesOf } from '#server/db/migrations.ts';
import { insertDumpLine, isEmpty } from '#server/db/dump.ts';
import { customers } from '#server/db/schema/catalog.ts';
import { hubTable } from '#server/db/schema/hub.ts';
import { licenses } from '#server/db/schema/ledger.ts';
import type { Database, Transaction } from '#server/db/database.ts';
import { within } from '#server/db/writing.ts';
import { Fault } from '#server/fault.ts';
import { rowsOfBackup } from './backup-file.ts';

/**
 * @param db - A store that holds nothing, with tables of the backup's version.
 * @param file - A backup that was checked.
 * @throws Fault `STORE_NOT_EMPTY`.
 */
export async function restore(
	db: Database,
	file: string,
	{ moved, now }: { moved: boolean; now: number }
): Promise<void> {
	await refuseUsedStore(db);
	// Whole or not at all, into a store that nobody uses yet.
	await db.transaction(async (tx) => {
		for await (const line of rowsOfBackup(file)) await insertDumpLine(tx, line);
		if (!moved) await becomeAnother(tx, now);
	});
}

/** @param tables - Of the backup, where they may be others. @throws Fault `STORE_NOT_EMPTY`. */
export async function refuseUsedStore(db: Database, tables?: string): Promise<void> {
	const isOther = tables !== undefined && (await tablesOf(db)) !== tables;
	if (!isOther && (await isEmpty(db))) return;
	throw new Fault(
		'STORE_NOT_EMPTY',
		'There is a hub in this store already.',
		'Restore into a new folder, or into an empty database.'
	);
}

async function becomeAnother(tx: Transaction, clock: number): Promise<void> {
	// Only columns that tables of every version have: the backup may be an old one.
	const [row] = await tx.select({ timeLast: hubTable.timeLast }).from(hubTable);
	const at = Math.max(clock, row?.timeLast ?? 0);
	const epoch = uuidv7();
	await tx.update(hubTable).set({ epoch }).where(eq(hubTable.id, 'hub'));
	await freezeAll(tx, at);
	for (const { customerId } of await tx
		.select({ customerId: customers.customerId })
		.from(customers))
		await within({ tx, customerId }, async ({ audit }) =>
			audit({ at, actor: 'hub', action: 'hub.restored', subject: 'hub', facts: { epoch } })
		);
}

/** Desks read all rows again under the new epoch, so revisions need not say it. */
async function freezeAll(tx: Transaction, at: number): Promise<void> {
	await tx.update(licenses).set({ frozenAt: sql`coalesce(${licenses.frozenAt}, ${at}::bigint)` });
}
