/**
 * Lines whose money went back: their licenses are suspended, and nothing is destroyed. [OR1]
 *
 * @module
 */
import { and, asc, eq, ne } from 'drizzle-orm';
import type { OrderResult } from '#lib/domain/vendor/order.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { among } from '#server/db/among.ts';
import { directory } from '#server/db/schema/catalog.ts';
import { orderLines, type purchases } from '#server/db/schema/orders.ts';
import type { Transaction } from '#server/db/database.ts';
import type { LicenseRecord, Writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';
import { writeLicense } from '#server/ledger/change-license.ts';
import { STORE } from './store.ts';

type Purchase = typeof purchases.$inferSelect;

export type Refund = {
	purchase: Purchase;
	/** Of all its lines, locked, by id. */
	licenses: Map<string, LicenseRecord>;
	/** Ids; absent: every line. */
	lines?: readonly string[];
};

/**
 * A line is refunded once: staff who resume its license afterwards are not overruled by a repeat.
 *
 * @returns `ORDER_UNKNOWN` for a line that the purchase does not have, or not yet.
 */
export async function refundLines(
	hub: Hub,
	shell: Writing,
	{ purchase, licenses: locked, lines }: Refund
): Promise<OrderResult | Refusal<'ORDER_UNKNOWN' | 'ORDER_LICENSE_UNKNOWN'>> {
	const { tx } = shell;
	const { id, customerId } = purchase;
	const known = await tx.select().from(orderLines).where(ofPurchase(purchase));
	const missing = lines?.find((line) => !known.some(({ lineId }) => lineId === line));
	if (missing !== undefined) return refuse('ORDER_UNKNOWN', { purchase: id, line: missing });
	const due = known.filter(
		({ lineId, refundedAt }) => refundedAt === null && (lines?.includes(lineId) ?? true)
	);
	const moved = due.find(({ licenseId }) => !locked.has(licenseId));
	if (moved) {
		const number = (await numbersOf(tx, [moved.licenseId])).get(moved.licenseId) ?? '';
		return refuse('ORDER_LICENSE_UNKNOWN', { purchase: id, number });
	}
	for (const { lineId: line, licenseId } of due) {
		const license = locked.get(licenseId)!;
		if (license.suspendedAt === null) {
			const set = { suspendedAt: hub.now() };
			const facts = { purchase: id, line };
			const note = { actor: STORE, action: 'license.suspended', facts } as const;
			const changed = await writeLicense(hub, shell, { license, change: { set, note } });
			locked.set(licenseId, changed);
		}
		await tx
			.update(orderLines)
			.set({ refundedAt: hub.now() })
			.where(and(ofPurchase({ id, customerId }), eq(orderLines.lineId, line)));
	}
	return purchaseResult(tx, purchase);
}

/** What became of a purchase, as its store is told. */
export async function purchaseResult(
	tx: Transaction,
	purchase: Pick<Purchase, 'id' | 'customerId'>
): Promise<OrderResult> {
	const lines = await tx
		.select()
		.from(orderLines)
		.where(ofPurchase(purchase))
		.orderBy(asc(orderLines.lineId));
	const numbers = await numbersOf(
		tx,
		lines.map(({ licenseId }) => licenseId)
	);
	return {
		purchase: purchase.id,
		licenses: lines.map(({ lineId: line, licenseId, outcome, refundedAt }) => ({
			line,
			number: numbers.get(licenseId) ?? '',
			outcome,
			refundedAt: refundedAt ?? undefined
		}))
	};
}

/** By license id, wherever the license is now. */
async function numbersOf(
	tx: Transaction,
	ids: readonly string[]
): Promise<ReadonlyMap<string, string>> {
	const { key, licenseId } = directory;
	const rows = await tx
		.select({ key, licenseId })
		.from(directory)
		.where(and(among(licenseId, ids), ne(key, licenseId)));
	return new Map(rows.map((row) => [row.licenseId, row.key]));
}

function ofPurchase({ id, customerId }: Pick<Purchase, 'id' | 'customerId'>) {
	return and(eq(orderLines.customerId, customerId), eq(orderLines.purchaseId, id));
}
