/**
 * Seats whose time to cool is over become free: a committed job, so that cursors see it. A grant
 * that finds none free looks for itself. [SE5, CL3]
 *
 * @module
 */
import { and, eq, lte } from 'drizzle-orm';
import { activations } from '#server/db/schema.ts';
import { writing } from '#server/db/writing.ts';
import type { Hub } from './hub.ts';
import { loadLedger } from './ledger.ts';
import { saveLedger } from './save-ledger.ts';

/** @returns How many seats became free. */
export async function coolSeats(hub: Hub): Promise<number> {
	// Of all customers: a job looks at the whole, by an index of what cools.
	const due = await hub.db
		.selectDistinct({ customerId: activations.customerId, licenseId: activations.licenseId })
		.from(activations)
		.where(and(eq(activations.state, 'cooling'), lte(activations.coolsUntil, hub.freeingTime())));
	let freed = 0;
	for (const [customerId, rows] of Map.groupBy(due, (row) => row.customerId)) {
		const licenseIds = rows.map(({ licenseId }) => licenseId);
		freed += await writing(hub.db, async (shell) => {
			const ledger = await loadLedger(hub, shell, customerId, { licenseIds });
			await saveLedger(shell, ledger);
			return ledger.notes.filter(({ action }) => action === 'seat.cooled').length;
		});
	}
	return freed;
}
