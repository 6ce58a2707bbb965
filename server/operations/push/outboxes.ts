/**
 * Outboxes at the hub: whose they are, by which key they speak, and whether they are over.
 * [SY2, SY9]
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { outboxes } from '#server/db/schema/outboxes.ts';
import type { Transaction } from '#server/db/database.ts';
import type { Asker, Hub } from '#server/hub/hub.ts';
import type { SigningDesk } from '#server/ledger/held/ask.ts';
import { noteUse } from '#server/operations/devices/note-use.ts';

/** `desk` is absent in protocol 1, which was not signed. */
type Whose = { outbox: string; asker: Asker; desk?: SigningDesk };

/**
 * Locks the outbox, enrolling it and its key at their first push. From then on only this key of
 * this user speaks for it: a stolen session alone cannot act for a desk. [SY9] The lock is sent when it
 * returns: what is sent next comes after it.
 *
 * @returns Why nothing is done for it. `DESK_ENDED` answers each of its commands by itself.
 */
export async function lockOutbox(
	hub: Hub,
	tx: Transaction,
	{ outbox, asker, desk }: Whose
): Promise<Refusal | undefined> {
	const { userId } = asker;
	const enrolled = { jkt: desk?.jkt, desk: desk?.name };
	const enrolling = tx
		.insert(outboxes)
		.values({ outbox, userId, ...enrolled, createdAt: hub.now() })
		.onConflictDoNothing()
		.execute();
	// What reads its row is sent right behind, and fails with it.
	enrolling.catch(() => undefined);
	const [row] = await tx.select().from(outboxes).where(eq(outboxes.outbox, outbox)).for('update');
	if (!row) throw new Error(`outbox ${outbox} was not stored`);
	if (row.jkt !== null) {
		if (!desk) return refuse('PUSH_NOT_SIGNED', { outbox, reason: 'unsigned' });
		if (desk.jkt !== row.jkt) return refuse('OUTBOX_NOT_YOURS', { outbox });
	}
	// Unsigned pushes make no owner: the first signed one does. [DV1]
	if (desk && row.jkt !== null && row.userId !== userId)
		return refuse('OUTBOX_NOT_YOURS', { outbox });
	if (row.forkedAt !== null) return refuse('OUTBOX_FORKED', { outbox });
	if (desk && (row.jkt === null || row.desk !== desk.name))
		await tx
			.update(outboxes)
			.set({ ...enrolled, userId })
			.where(eq(outboxes.outbox, outbox));
	if (desk) await noteUse(hub, tx, { outbox, seenAt: row.seenAt, asker });
	if (row.endedAt !== null) return refuse('DESK_ENDED', { outbox, endedAt: row.endedAt });
	return undefined;
}

/**
 * Closes a copied outbox, and with it the desk's key. Stored, not thrown: the fork is a fact, and the
 * commit keeps it. [SY2]
 */
export async function closeForked(hub: Hub, tx: Transaction, outbox: string): Promise<void> {
	await tx.update(outboxes).set({ forkedAt: hub.now() }).where(eq(outboxes.outbox, outbox));
}
