/**
 * The audit, page by page, and what the ledger's own counts say beside its end. [AU1, SE1]
 *
 * @module
 */
import { and, asc, eq, gt } from 'drizzle-orm';
import type { KeptRow } from '#lib/domain/audit/audit-check.ts';
import type { AuditEntry, AuditHead } from '#lib/domain/audit/audit.ts';
import type { SeatCounts } from '#lib/domain/seat.ts';
import { customers } from '#server/db/schema/catalog.ts';
import { allotments } from '#server/db/schema/allotments.ts';
import { audit } from '#server/db/schema/hub.ts';
import { activations, licenses } from '#server/db/schema/ledger.ts';
import type { Database } from '#server/db/database.ts';

const PAGE_ENTRIES = 1000;

export type AuditPage = {
	entries: AuditEntry[];
	/** With the last page only: where the ledger says that the audit ends, and its own counts. */
	end?: { head: AuditHead; licenses: LedgerCounts[]; revision: number };
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
			return {
				entries,
				end: { head, licenses: rows.map(countsOf), revision: customer?.revision ?? 0 }
			};
		},
		{ isolationLevel: 'repeatable read', accessMode: 'read only' }
	);
}

function countsOf(row: typeof licenses.$inferSelect): LedgerCounts {
	const { licenseId: id, number, seats, active, reserved, cooling } = row;
	return { id, number, seats, counts: { active, reserved, cooling } };
}

const PAGE_ROWS = 2000;

/** Rows that hold seats, by their ids, and how far the customer's ledger has come by now. */
export type KeptPage = { rows: KeptRow[]; revision: number; isLast: boolean };

/** @param after - The id of the last row of this kind that is known; empty from the beginning. */
export function keptPage(
	db: Database,
	{ customerId, kind, after }: { customerId: string; kind: KeptRow['kind']; after: string }
): Promise<KeptPage> {
	return db.transaction(
		async (tx) => {
			const rows: KeptRow[] =
				kind === 'activation'
					? (
							await tx
								.select({
									id: activations.act,
									license: activations.licenseId,
									state: activations.state,
									gen: activations.gen,
									revision: activations.revision
								})
								.from(activations)
								.where(and(eq(activations.customerId, customerId), gt(activations.act, after)))
								.orderBy(asc(activations.act))
								.limit(PAGE_ROWS)
						).map((row) => ({ kind, ...row }))
					: (
							await tx
								.select({
									id: allotments.allotment,
									license: allotments.licenseId,
									reserved: allotments.reserved,
									revision: allotments.revision
								})
								.from(allotments)
								.where(and(eq(allotments.customerId, customerId), gt(allotments.allotment, after)))
								.orderBy(asc(allotments.allotment))
								.limit(PAGE_ROWS)
						).map((row) => ({ kind, ...row }));
			const [customer] = await tx
				.select({ revision: customers.revision })
				.from(customers)
				.where(eq(customers.customerId, customerId));
			return { rows, revision: customer?.revision ?? 0, isLast: rows.length < PAGE_ROWS };
		},
		{ isolationLevel: 'repeatable read', accessMode: 'read only' }
	);
}
