/**
 * Which licenses a filter lets through, as pure functions of a license and the time. [DK2]
 *
 * Ends are counted in days of UTC: a license that ends on the thirtieth day from today is among those
 * that end in 30 days, whatever the hour.
 *
 * @module
 */
import { isOverLimit, usedSeats } from '#lib/domain/seat.ts';
import { attentionOf, nextEnd, type LicenseStanding } from '#lib/domain/licenses/standing.ts';
import { DAY_SECONDS, daysBetween, type Seconds } from '#lib/domain/time.ts';
import type { Filtering } from '#lib/search/marks.ts';

/** What the pills above the list are called in its address; one of them at a time. */
export const licenseFilters = [
	'attention',
	'full',
	'ends-30',
	'ends-60',
	'ends-90',
	'expired',
	'unused',
	'over-limit',
	'suspended'
] as const;
export type LicenseFilter = (typeof licenseFilters)[number];

/** An end within so many days asks for attention before it is there. */
export const ENDING_DAYS = 30;

const BITS = Object.fromEntries(licenseFilters.map((filter, at) => [filter, 1 << at])) as Record<
	LicenseFilter,
	number
>;

/** All filters that a license passes in one number, the first filter in its lowest bit. */
export function marksOf(license: LicenseStanding, now: Seconds): number {
	const { seats, counts, expiresAt, suspendedAt } = license;
	const end = nextEnd(license, now);
	const days = end === undefined ? Infinity : daysBetween(now, end);
	let marks = 0;
	if (attentionOf(license, now) !== undefined || days <= ENDING_DAYS) marks |= BITS.attention;
	if (usedSeats(counts) >= seats) marks |= BITS.full;
	if (days <= 30) marks |= BITS['ends-30'];
	if (days <= 60) marks |= BITS['ends-60'];
	if (days <= 90) marks |= BITS['ends-90'];
	if (expiresAt !== undefined && now >= expiresAt) marks |= BITS.expired;
	if (counts.active === 0) marks |= BITS.unused;
	if (isOverLimit(seats, counts)) marks |= BITS['over-limit'];
	if (suspendedAt !== undefined) marks |= BITS.suspended;
	return marks;
}

export function passes(filter: LicenseFilter, license: LicenseStanding, now: Seconds): boolean {
	return (marksOf(license, now) & BITS[filter]) !== 0;
}

/** Until when the marks of a license stay what they are, at least. */
export function marksHoldUntil(license: LicenseStanding, now: Seconds): Seconds {
	let until = (Math.floor(now / DAY_SECONDS) + 1) * DAY_SECONDS;
	for (const end of [license.expiresAt, license.maintainedUntil])
		if (end !== undefined && end > now) until = Math.min(until, end);
	return until;
}

export const licenseFiltering: Filtering<LicenseStanding, LicenseFilter> = {
	filters: licenseFilters,
	marksOf,
	holdUntil: marksHoldUntil
};
