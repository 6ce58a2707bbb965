/**
 * The audit, page by page, and what the ledger's own counts say beside its end. [AU1, SE1]
 *
 * @module
 */
import { and, asc, eq, gt } from 'drizzle-orm';
import type { AuditEntry, AuditHead } from '#lib/domain/audit.ts';
import type { SeatCounts } from '#lib/domain/seat.ts';
import { customers } from '#server/db/schema/catalog.ts';
import { audit, licenses } from '#server/db/schema/ledger.ts';
import type { Database } from '#server/db/store.ts';

const PAGE_ENTRIES = 1000;

export type AuditPage = {
	entries: AuditEntry[];
	/** With the last page only: where the ledger says that the audit ends, and its own counts. */
	end?: { head: AuditHead; licenses: LedgerCounts[] };
};

export type LedgerCounts = { id: string; number: string; seats: number; counts: SeatCounts };

/** @param after - The `n` of the last entry that is known; 0 from the beginning. */
export function auditPage(
	db: Database,
	{ customerId, after }: { customerId: string; after: number }
): Promise<AuditPage> {
	return db.transaction(
		async (tx) => {
			const entries: AuditEntry[] = await tx
				.select()
				.from(audit)
				.where(and(eq(audit.customerId, customerId), gt(audit.n, after)))
				.orderBy(asc(audit.n))
				.limit(PAGE_ENTRIES);
			if (entries.length === PAGE_ENTRIES) return { entries };
			const [customer] = await tx
				.select()
				.from(customers)
				.where(eq(customers.customerId, customerId));
			const rows = await tx.select().from(licenses).where(eq(licenses.customerId, customerId));
			const head = { n: customer?.auditN ?? 0, hash: customer?.auditHash ?? '' };
			return { entries, end: { head, licenses: rows.map(countsOf) } };
		},
		{ isolationLevel: 'repeatable read', accessMode: 'read only' }
	);
}

function countsOf(row: typeof licenses.$inferSelect): LedgerCounts {
	const { licenseId: id, number, seats, active, reserved, cooling } = row;
	return { id, number, seats, counts: { active, reserved, cooling } };
}
