/**
 * What jobs that free seats have in common: ledgers are opened, which does what time has brought, and
 * closed again. [CL3]
 *
 * @module
 */
import type { AuditNote } from '#lib/domain/audit/audit.ts';
import { writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';
import { closeLedger } from '#server/ledger/close.ts';
import { openLedger } from '#server/ledger/open.ts';

/**
 * @param due - Licenses of any customers.
 * @returns How many seats became free.
 */
export async function freeByTime(
	hub: Hub,
	due: readonly { customerId: string; licenseId: string }[],
	{ sweepAll = false }: { sweepAll?: boolean } = {}
): Promise<number> {
	let freed = 0;
	for (const [customerId, rows] of Map.groupBy(due, (row) => row.customerId)) {
		const licenseIds = [...new Set(rows.map(({ licenseId }) => licenseId))];
		freed += await writing(hub.db, customerId, async (shell) => {
			const ledger = await openLedger(hub, shell, { licenseIds, sweepAll });
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
