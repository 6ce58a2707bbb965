/**
 * Which licenses a filter lets through, as pure functions of a license and the time. [DK2]
 *
 * Ends are counted in days of UTC: a license that ends on the thirtieth day from today is among those
 * that end in 30 days, whatever the hour.
 *
 * @module
 */
import type { Seconds } from '#lib/domain/license.ts';
import { isOverLimit, usedSeats } from '#lib/domain/seat.ts';
import { attentionOf, nextEnd, type LicenseStanding } from '#lib/domain/standing.ts';
import { DAY_SECONDS, daysBetween } from '#lib/domain/time.ts';
import { licenseFilters, type LicenseFilter } from './list-query.ts';

/** An end within so many days asks for attention before it is there. */
export const ENDING_DAYS = 30;

/** Either of its ends, expiry or maintenance, lies ahead and is so near. */
export function endsWithin(license: LicenseStanding, days: number, now: Seconds): boolean {
	const end = nextEnd(license, now);
	return end !== undefined && daysBetween(now, end) <= days;
}

export function passes(filter: LicenseFilter, license: LicenseStanding, now: Seconds): boolean {
	switch (filter) {
		case 'attention':
			return attentionOf(license, now) !== undefined || endsWithin(license, ENDING_DAYS, now);
		case 'full':
			return usedSeats(license.counts) >= license.seats;
		case 'ends-30':
			return endsWithin(license, 30, now);
		case 'ends-60':
			return endsWithin(license, 60, now);
		case 'ends-90':
			return endsWithin(license, 90, now);
		case 'expired':
			return license.expiresAt !== undefined && now >= license.expiresAt;
		case 'unused':
			return license.counts.active === 0;
		case 'over-limit':
			return isOverLimit(license.seats, license.counts);
		case 'suspended':
			return license.suspendedAt !== undefined;
	}
}

/** All filters of a license in one number, the first filter in its lowest bit. */
export function marksOf(license: LicenseStanding, now: Seconds): number {
	let marks = 0;
	for (const [at, filter] of licenseFilters.entries())
		if (passes(filter, license, now)) marks |= 1 << at;
	return marks;
}

/** Until when the marks of a license stay what they are, at least. */
export function marksHoldUntil(license: LicenseStanding, now: Seconds): Seconds {
	let until = (Math.floor(now / DAY_SECONDS) + 1) * DAY_SECONDS;
	for (const end of [license.expiresAt, license.maintainedUntil])
		if (end !== undefined && end > now) until = Math.min(until, end);
	return until;
}
