/**
 * What a list says of a license, and what all of them come to.
 *
 * @module
 */
import type { Seconds } from '#lib/domain/time.ts';
import { usedSeats, type SeatCounts } from '#lib/domain/seat.ts';
import { attentionOf, type Attention } from '#lib/domain/licenses/standing.ts';
import type { LicenseRow } from '#lib/protocol/rows.ts';

export type LicenseSummary = Pick<
	LicenseRow,
	| 'id'
	| 'customerId'
	| 'customer'
	| 'number'
	| 'title'
	| 'edition'
	| 'seats'
	| 'counts'
	| 'maintainedUntil'
	| 'expiresAt'
	| 'suspendedAt'
	| 'successor'
	| 'note'
	| 'purchase'
>;

/** A row of a list, without what a list does not say. */
export function summaryOf(row: LicenseSummary): LicenseSummary {
	const { id, customerId, customer, number, title, edition, seats, counts } = row;
	const { maintainedUntil, expiresAt, suspendedAt, successor, note, purchase } = row;
	const standing = { seats, counts, maintainedUntil, expiresAt, suspendedAt, successor };
	return { id, customerId, customer, number, title, edition, ...standing, note, purchase };
}

export type Totals = {
	licenses: number;
	seats: number;
	used: SeatCounts;
	/** Licenses without a free seat. */
	full: number;
	attention: Record<Attention, number>;
};

export function totalsOf(rows: readonly LicenseSummary[], now: Seconds): Totals {
	const totals: Totals = {
		licenses: rows.length,
		seats: 0,
		used: { active: 0, reserved: 0, cooling: 0 },
		full: 0,
		attention: { moved: 0, suspended: 0, expired: 0, overLimit: 0, lapsed: 0 }
	};
	for (const row of rows) {
		totals.seats += row.seats;
		totals.used.active += row.counts.active;
		totals.used.reserved += row.counts.reserved;
		totals.used.cooling += row.counts.cooling;
		if (usedSeats(row.counts) >= row.seats) totals.full += 1;
		const attention = attentionOf(row, now);
		if (attention) totals.attention[attention] += 1;
	}
	return totals;
}
