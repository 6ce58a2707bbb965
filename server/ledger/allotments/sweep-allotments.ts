/**
 * Time takes back what nobody used: the seats of allotments whose files have all ended, and what was
 * counted beyond the license. Only inside a transaction. [AL4, CL3]
 *
 * @module
 */
import { and, eq, inArray, lte, or, sql } from 'drizzle-orm';
import { leave } from '#lib/domain/seats/activation-record.ts';
import { FREEING_MARGIN_SECONDS } from '#lib/domain/seats/allotment.ts';
import { isOverLimit } from '#lib/domain/seat.ts';
import { allotments } from '#server/db/schema/allotments.ts';
import { activations } from '#server/db/schema/ledger.ts';
import type { Transaction } from '#server/db/database.ts';
import type { Ledger } from '#server/ledger/held/ledger.ts';
import { changeActivation, releaseSlots } from '#server/ledger/held/seats.ts';

/** Allotments that may change by time, by the index of what is due. */
export const isUnsettled = or(
	sql`${allotments.reserved} > 0`,
	inArray(allotments.state, ['open', 'frozen'])
);

/** @param all - Also what cannot free a seat that anybody needs: for the job. */
export async function sweepAllotments(
	tx: Transaction,
	ledger: Ledger,
	{ all = false }: { all?: boolean } = {}
): Promise<void> {
	const rows = [...ledger.licenses.values()];
	const idsOf = (some: typeof rows) => some.map(({ licenseId }) => licenseId);
	await expire(tx, ledger, idsOf(rows.filter(({ reserved }) => all || reserved > 0)));
	await endOverages(tx, ledger, idsOf(rows.filter((row) => all || isOverLimit(row.seats, row))));
}

/** All files have ended, even by the desk's clock that was two days behind. */
async function expire(
	tx: Transaction,
	ledger: Ledger,
	licenseIds: readonly string[]
): Promise<void> {
	if (licenseIds.length === 0) return;
	const { hub, customerId, blocks, notes } = ledger;
	const due = await tx
		.select()
		.from(allotments)
		.where(
			and(
				eq(allotments.customerId, customerId),
				inArray(allotments.licenseId, [...licenseIds]),
				lte(allotments.filesUntil, endedBefore(ledger)),
				isUnsettled
			)
		);
	for (const { revision: _, ...row } of due) {
		const block = blocks.allotments.get(row.allotment) ?? row;
		blocks.allotments.set(block.allotment, block);
		const freed = block.reserved;
		releaseSlots(ledger, block, freed);
		// What its desk has closed stays closed.
		if (block.state !== 'closed') block.state = 'expired';
		blocks.changed.add(block.allotment);
		notes.push({
			at: hub.now(),
			actor: 'hub',
			action: 'allotment.expired',
			subject: block.allotment,
			facts: { license: block.licenseId, freed }
		});
	}
}

/** An overage is over with the file that its desk gave it. */
async function endOverages(
	tx: Transaction,
	ledger: Ledger,
	licenseIds: readonly string[]
): Promise<void> {
	if (licenseIds.length === 0) return;
	const { hub, customerId, blocks, notes } = ledger;
	const due = await tx
		.select()
		.from(activations)
		.where(
			and(
				eq(activations.customerId, customerId),
				inArray(activations.licenseId, [...licenseIds]),
				eq(activations.drawn, true),
				eq(activations.overage, true),
				eq(activations.state, 'active'),
				lte(activations.filesEndAt, endedBefore(ledger))
			)
		);
	for (const { revision: _, ...row } of due) {
		const { act, licenseId } = row;
		changeActivation(ledger, row, leave(row, 'return'));
		blocks.unsigned.add(licenseId);
		notes.push({
			at: hub.now(),
			actor: 'hub',
			action: 'activation.ended',
			subject: act,
			facts: { license: licenseId }
		});
	}
}

/** Files that ended before this have ended everywhere. */
export function endedBefore({ hub }: Pick<Ledger, 'hub'>): number {
	return hub.freeingTime() - FREEING_MARGIN_SECONDS;
}
