/**
 * Licenses that run out of seats first. [DK5]
 *
 * @module
 */
import type { Seconds } from '#lib/domain/time.ts';
import { freeSeats, usedSeats } from '#lib/domain/seat.ts';
import { attentionOf, type LicenseStanding } from '#lib/domain/licenses/standing.ts';

/**
 * The few of which the smallest part is free, those with the fewest free seats first where it is the
 * same. Left out is what nobody uses, and what grants nothing any more: it has ended, is suspended or
 * has moved.
 */
export function fullest<L extends LicenseStanding>(
	licenses: readonly L[],
	now: Seconds,
	most: number
): L[] {
	const found: L[] = [];
	for (const license of licenses) {
		if (usedSeats(license.counts) === 0) continue;
		const last = found[most - 1];
		if (last && isFuller(last, license)) continue;
		const attention = attentionOf(license, now);
		if (attention === 'moved' || attention === 'suspended' || attention === 'expired') continue;
		const before = found.findLastIndex((known) => isFuller(known, license));
		found.splice(before + 1, 0, license);
		found.length = Math.min(found.length, most);
	}
	return found;
}

/** The same counts as fuller: whoever came first stays first. */
function isFuller(one: LicenseStanding, other: LicenseStanding): boolean {
	const [a, b] = [freeSeats(one.seats, one.counts), freeSeats(other.seats, other.counts)];
	// As fractions, without dividing: a license may have no seats at all.
	const difference = a * Math.max(1, other.seats) - b * Math.max(1, one.seats);
	return difference < 0 || (difference === 0 && a <= b);
}
