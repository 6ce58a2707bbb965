/**
 * A device is over, because it was copied or ended: what was set aside for its key freezes. [SY2, DV1]
 *
 * @module
 */
import { and, eq, inArray, isNotNull, or, type SQL } from 'drizzle-orm';
import { among } from '#server/db/among.ts';
import { allotments } from '#server/db/schema/allotments.ts';
import { outboxes } from '#server/db/schema/outboxes.ts';
import { writing } from '#server/db/writing.ts';
import { freeze } from '#server/ledger/allotments/allotment-blocks.ts';
import type { Hub } from '#server/hub/hub.ts';
import { openLedger } from '#server/ledger/open.ts';
import { closeLedger } from '#server/ledger/close.ts';

type Why = { by: string; reason: string };

/** Of what is frozen already nothing changes. */
export async function freezeOutbox(hub: Hub, outbox: string, why: Why): Promise<void> {
	await freezeWhere(hub, eq(outboxes.outbox, outbox), () => why);
}

/**
 * Freezes what a killed process left open, or a push that was under way has opened since: a device spans
 * customers, and each has its own transaction.
 *
 * @param outbox - The one that it is about; by default any.
 */
export async function freezeOver(hub: Hub, outbox?: string): Promise<void> {
	const isOver = or(isNotNull(outboxes.forkedAt), isNotNull(outboxes.endedAt))!;
	const isMeant = outbox === undefined ? isOver : and(eq(outboxes.outbox, outbox), isOver)!;
	await freezeWhere(hub, isMeant, ({ endedBy }) =>
		endedBy === null ? { by: 'hub', reason: 'forked' } : { by: endedBy, reason: 'device-ended' }
	);
}

/** Devices are the catalog's, what is set aside for them is their customers'. [DB1] */
async function freezeWhere(
	hub: Hub,
	which: SQL,
	whyOf: (device: { endedBy: string | null }) => Why
): Promise<void> {
	const { jkt, endedBy } = outboxes;
	const devices = await hub.db.select({ jkt, endedBy }).from(outboxes).where(which);
	const whyOfKey = new Map(devices.map((device) => [device.jkt, whyOf(device)]));
	const keys = [...whyOfKey.keys()].filter((key) => key !== null);
	if (keys.length === 0) return;
	const rows = await hub.db
		.select({
			customerId: allotments.customerId,
			licenseId: allotments.licenseId,
			id: allotments.allotment,
			jkt: allotments.jkt
		})
		.from(allotments)
		.where(and(among(allotments.jkt, keys), inArray(allotments.state, ['open', 'closed'])));
	for (const [customerId, some] of Map.groupBy(rows, (row) => row.customerId))
		await writing(hub.db, customerId, async (shell) => {
			const ledger = await openLedger(hub, shell, {
				licenseIds: [...new Set(some.map(({ licenseId }) => licenseId))],
				blocks: some.map(({ id }) => ({ id, max: 0 }))
			});
			for (const row of some)
				freeze(ledger, ledger.blocks.allotments.get(row.id)!, whyOfKey.get(row.jkt)!);
			await closeLedger(shell, ledger);
		});
}
