/**
 * Seats of allotments whose files have all ended become free, and what desks gave beyond a license is
 * over with its file. [AL4, CL3]
 *
 * @module
 */
import { and, eq, lte } from 'drizzle-orm';
import { allotments } from '#server/db/schema/allotments.ts';
import { activations } from '#server/db/schema/ledger.ts';
import type { Hub } from '#server/hub/hub.ts';
import { endedBefore, isUnsettled } from '#server/ledger/allotments/sweep-allotments.ts';
import { freeByTime } from './free-by-time.ts';

/** @returns How many seats became free. */
export async function expireAllotments(hub: Hub): Promise<number> {
	// Of all customers: a job looks at the whole, by an index of what is due.
	const ended = endedBefore({ hub });
	const overages = await hub.db
		.selectDistinct({ customerId: activations.customerId, licenseId: activations.licenseId })
		.from(activations)
		.where(
			and(
				eq(activations.drawn, true),
				eq(activations.overage, true),
				eq(activations.state, 'active'),
				lte(activations.filesEndAt, ended)
			)
		);
	const blocks = await hub.db
		.selectDistinct({ customerId: allotments.customerId, licenseId: allotments.licenseId })
		.from(allotments)
		.where(and(isUnsettled, lte(allotments.filesUntil, ended)));
	return freeByTime(hub, [...overages, ...blocks], { sweepAll: true });
}
