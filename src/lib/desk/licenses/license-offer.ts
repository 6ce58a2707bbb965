/**
 * Which licenses are offered to choose from: those with which something can be activated come first.
 *
 * @module
 */
import type { Seconds } from '#lib/domain/time.ts';
import { freeSeats } from '#lib/domain/seat.ts';
import { attentionOf } from '#lib/domain/licenses/standing.ts';
import type { LicenseSummary } from '#lib/search/licenses/license-summary.ts';

/** So many rows are looked through for one with a free seat: a key stroke is not to wait for all. */
const LOOK = 2000;

/** A new machine can be activated under it, as far as is known here. */
export function isUsable(row: LicenseSummary, now: Seconds): boolean {
	const attention = attentionOf(row, now);
	const isOver = attention === 'moved' || attention === 'suspended' || attention === 'expired';
	return !isOver && freeSeats(row.seats, row.counts) > 0;
}

/**
 * @param rows - In the order in which they are to be offered.
 * @param seen - Ids of those looked at last: they come before the others.
 */
export function offerLicenses(
	rows: readonly LicenseSummary[],
	{ now, limit, seen = [] }: { now: Seconds; limit: number; seen?: readonly string[] }
): LicenseSummary[] {
	const places = new Map(seen.map((id, at) => [id, at]));
	const rank = (row: LicenseSummary) =>
		(isUsable(row, now) ? 0 : 1000) + (places.get(row.id) ?? places.size);
	return rows
		.slice(0, LOOK)
		.map((row) => ({ row, rank: rank(row) }))
		.sort((a, b) => a.rank - b.rank)
		.slice(0, limit)
		.map(({ row }) => row);
}
