/**
 * Who holds the seats of a license.
 *
 * @module
 */
import { and, asc, eq, inArray } from 'drizzle-orm';
import type { ActivationRow } from '#lib/protocol/rows.ts';
import { activations } from '#server/db/schema/ledger.ts';
import type { Hub } from '#server/hub/hub.ts';
import { activationRow } from './activation-row.ts';

/** Who holds the seats, those that cool included: members and staff only, never in a file. [RE2] */
export async function listSeats(
	hub: Hub,
	{ customerId, licenseId }: { customerId: string; licenseId: string }
): Promise<ActivationRow[]> {
	const rows = await hub.db
		.select()
		.from(activations)
		.where(
			and(
				eq(activations.customerId, customerId),
				eq(activations.licenseId, licenseId),
				inArray(activations.state, ['active', 'cooling'])
			)
		)
		.orderBy(asc(activations.act));
	return rows.map((row) => activationRow(row));
}
