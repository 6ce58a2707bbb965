/**
 * Seats whose time to cool is over become free. A grant looks for itself. [SE5, CL3]
 *
 * @module
 */
import { and, eq, lte } from 'drizzle-orm';
import { activations } from '#server/db/schema/ledger.ts';
import type { Hub } from '#server/hub/hub.ts';
import { freeByTime } from './free-by-time.ts';

/** @returns How many seats became free. */
export async function coolSeats(hub: Hub): Promise<number> {
	// Of all customers: a job looks at the whole, by an index of what cools.
	const due = await hub.db
		.selectDistinct({ customerId: activations.customerId, licenseId: activations.licenseId })
		.from(activations)
		.where(and(eq(activations.state, 'cooling'), lte(activations.coolsUntil, hub.freeingTime())));
	return freeByTime(hub, due);
}
