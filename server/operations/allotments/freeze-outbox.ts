/**
 * A device is over, because it was copied or ended: what was set aside for its key freezes. [SY2, DV1]
 *
 * @module
 */
import { and, eq, inArray, isNotNull, or, type SQL } from 'drizzle-orm';
import { allotments } from '#server/db/schema/allotments.ts';
import { outboxes } from '#server/db/schema/outboxes.ts';
import { writing } from '#server/db/writing.ts';
import { freeze } from '#server/ledger/allotment-blocks.ts';
import type { Hub } from '#server/hub/hub.ts';
import { openLedger } from '#server/ledger/open.ts';
import { closeLedger } from '#server/ledger/close.ts';

type Why = { by: string; reason: string };

/** Of what is frozen already nothing changes. */
export async function freezeOutbox(hub: Hub, outbox: string, why: Why): Promise<void> {
	await freezeWhere(hub, eq(outboxes.outbox, outbox), () => why);
}

/** Freezes what a killed process left open: a device spans customers, and each has its own transaction. */
export async function freezeOver(hub: Hub): Promise<void> {
	const isOver = or(isNotNull(outboxes.forkedAt), isNotNull(outboxes.endedAt))!;
	await freezeWhere(hub, isOver, ({ endedBy }) =>
		endedBy === null ? { by: 'hub', reason: 'forked' } : { by: endedBy, reason: 'device-ended' }
	);
}

async function freezeWhere(
	hub: Hub,
	which: SQL,
	whyOf: (device: { endedBy: string | null }) => Why
): Promise<void> {
	const rows = await hub.db
		.select({
			customerId: allotments.customerId,
			licenseId: allotments.licenseId,
			id: allotments.allotment,
			endedBy: outboxes.endedBy
		})
		.from(outboxes)
		.innerJoin(allotments, eq(allotments.jkt, outboxes.jkt))
		.where(and(which, inArray(allotments.state, ['open', 'closed'])));
	for (const [customerId, some] of Map.groupBy(rows, (row) => row.customerId))
		await writing(hub.db, customerId, async (shell) => {
			const ledger = await openLedger(hub, shell, {
				licenseIds: [...new Set(some.map(({ licenseId }) => licenseId))],
				blocks: some.map(({ id }) => ({ id, max: 0 }))
			});
			for (const row of some) freeze(ledger, ledger.blocks.allotments.get(row.id)!, whyOf(row));
			await closeLedger(shell, ledger);
		});
}
