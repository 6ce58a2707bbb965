/**
 * Requests that have waited for a seat as long as they may are refused as before: a committed job, so
 * that cursors see it. [RE1, CL3]
 *
 * @module
 */
import { lte } from 'drizzle-orm';
import { waitingRequests } from '#server/db/schema/requests.ts';
import { writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';
import { openLedger } from '#server/ledger/open.ts';
import { closeLedger } from '#server/ledger/close.ts';

export async function endWaiting(hub: Hub): Promise<void> {
	// Of all customers: a job looks at the whole.
	const due = await hub.db
		.selectDistinct({
			customerId: waitingRequests.customerId,
			licenseId: waitingRequests.licenseId
		})
		.from(waitingRequests)
		.where(lte(waitingRequests.until, hub.freeingTime()));
	for (const [customerId, rows] of Map.groupBy(due, (row) => row.customerId)) {
		const licenseIds = rows.map(({ licenseId }) => licenseId);
		await writing(hub.db, customerId, async (shell) => {
			await closeLedger(shell, await openLedger(hub, shell, { licenseIds }));
		});
	}
}
