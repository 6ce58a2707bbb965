/**
 * Ordering licenses by any column. [P10]
 *
 * @module
 */
import { freeSeats } from '#lib/domain/seat.ts';
import type { LicenseRow } from '#lib/domain/sync.ts';

export const sortOrders = [
	'number',
	'product',
	'customer',
	'free',
	'maintenance',
	'expiry'
] as const;
export type SortOrder = (typeof sortOrders)[number];

/** Ascending; what never ends comes last. */
export function sortLicenses(rows: readonly LicenseRow[], order: SortOrder): LicenseRow[] {
	const byNumber = (a: LicenseRow, b: LicenseRow) => (a.number < b.number ? -1 : 1);
	const orders: Record<SortOrder, (a: LicenseRow, b: LicenseRow) => number> = {
		number: byNumber,
		product: (a, b) => a.title.localeCompare(b.title),
		customer: (a, b) => a.customer.localeCompare(b.customer),
		free: (a, b) => freeSeats(a.seats, a.counts) - freeSeats(b.seats, b.counts),
		maintenance: (a, b) => (a.maintainedUntil ?? Infinity) - (b.maintainedUntil ?? Infinity) || 0,
		expiry: (a, b) => (a.expiresAt ?? Infinity) - (b.expiresAt ?? Infinity) || 0
	};
	return [...rows].sort((a, b) => orders[order](a, b) || byNumber(a, b));
}
