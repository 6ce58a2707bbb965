/**
 * Seats whose time to cool is over become free, and those of allotments whose files have ended: a
 * committed job, so that cursors see it. A grant looks for itself. [SE5, AL4, CL3]
 *
 * @module
 */
import { and, eq, lte, or } from 'drizzle-orm';
import { activations, allotments } from '#server/db/schema/ledger.ts';
import { writing } from '#server/db/writing.ts';
import type { AuditNote } from '#lib/domain/audit.ts';
import type { Hub } from '#server/hub/hub.ts';
import { openLedger } from '#server/ledger/open.ts';
import { closeLedger } from '#server/ledger/close.ts';
import { endedBefore, isUnsettled } from '#server/ledger/sweep-allotments.ts';

/** @returns How many seats became free. */
export async function coolSeats(hub: Hub): Promise<number> {
	// Of all customers: a job looks at the whole, by an index of what cools.
	const ended = endedBefore({ hub });
	const isOver = and(
		...[eq(activations.drawn, true), eq(activations.overage, true)],
		...[eq(activations.state, 'active'), lte(activations.filesEndAt, ended)]
	);
	const hasCooled = and(
		...[eq(activations.state, 'cooling'), lte(activations.coolsUntil, hub.freeingTime())]
	);
	const due = [
		...(await hub.db
			.selectDistinct({ customerId: activations.customerId, licenseId: activations.licenseId })
			.from(activations)
			.where(or(hasCooled, isOver))),
		...(await hub.db
			.selectDistinct({ customerId: allotments.customerId, licenseId: allotments.licenseId })
			.from(allotments)
			.where(and(isUnsettled, lte(allotments.filesUntil, ended))))
	];
	let freed = 0;
	for (const [customerId, rows] of Map.groupBy(due, (row) => row.customerId)) {
		const licenseIds = [...new Set(rows.map(({ licenseId }) => licenseId))];
		freed += await writing(hub.db, async (shell) => {
			const ledger = await openLedger(hub, shell, {
				customerId,
				licenseIds,
				sweepAll: true
			});
			await closeLedger(shell, ledger);
			return ledger.notes.reduce((sum, note) => sum + freedBy(note), 0);
		});
	}
	return freed;
}

function freedBy({ action, facts }: AuditNote): number {
	if (action === 'allotment.expired') return Number(facts.freed);
	return action === 'seat.cooled' || action === 'activation.ended' ? 1 : 0;
}
