/**
 * Ordering licenses by any column. [P10]
 *
 * @module
 */
import { freeSeats } from '#lib/domain/seat.ts';
import type { LicenseRow } from '#lib/domain/sync.ts';
import { licenseChips } from './license-state.ts';

export const sortOrders = [
	'number',
	'product',
	'customer',
	'free',
	'maintenance',
	'expiry',
	'state'
] as const;
export type SortOrder = (typeof sortOrders)[number];

/** A column and its direction. */
export type Sorting = { by: SortOrder; descending: boolean };

/** The same column again turns it round. */
export function sortBy(before: Sorting, by: SortOrder): Sorting {
	return { by, descending: before.by === by && !before.descending };
}

/** Ascending, what never ends comes last; equal ones stay by number either way. */
export function sortLicenses(
	rows: readonly LicenseRow[],
	{ by, descending }: Sorting,
	now: number
): LicenseRow[] {
	const byNumber = (a: LicenseRow, b: LicenseRow) => (a.number < b.number ? -1 : 1);
	const orders: Record<SortOrder, (a: LicenseRow, b: LicenseRow) => number> = {
		number: byNumber,
		product: (a, b) => a.title.localeCompare(b.title),
		customer: (a, b) => a.customer.localeCompare(b.customer),
		free: (a, b) => freeSeats(a.seats, a.counts) - freeSeats(b.seats, b.counts),
		maintenance: (a, b) => (a.maintainedUntil ?? Infinity) - (b.maintainedUntil ?? Infinity) || 0,
		expiry: (a, b) => (a.expiresAt ?? Infinity) - (b.expiresAt ?? Infinity) || 0,
		state: (a, b) => stateOf(a, now).localeCompare(stateOf(b, now))
	};
	const sign = descending ? -1 : 1;
	return [...rows].sort(
		(a, b) => sign * orders[by](a, b) || (by === 'number' ? 0 : byNumber(a, b))
	);
}

function stateOf(row: LicenseRow, now: number): string {
	return licenseChips(row, now).join(' ');
}
