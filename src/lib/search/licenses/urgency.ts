/**
 * How pressing a license is, as one number: the order in which a list begins. [DK2]
 *
 * @module
 */
import { usedSeats } from '#lib/domain/seat.ts';
import {
	attentionOf,
	nextEnd,
	type Attention,
	type LicenseStanding
} from '#lib/domain/licenses/standing.ts';
import { daysBetween, type Seconds } from '#lib/domain/time.ts';
import { ENDING_DAYS } from './license-filter.ts';

/** The worst first. One that moved away is nobody's task any more. */
const RANKS: Record<Attention | 'ending' | 'well', number> = {
	suspended: 0,
	expired: 1,
	overLimit: 2,
	lapsed: 3,
	ending: 4,
	moved: 5,
	well: 6
};

/** More than any license lasts. */
const DAYS = 2 ** 16;
const FULLNESS = 2 ** 10;

/**
 * The lower, the more pressing: by its worst state, then by the days to its next end (or since its last
 * one), then by how full it is.
 *
 * @returns A whole number below 2^30.
 */
export function urgencyOf(license: LicenseStanding, now: Seconds): number {
	const end = nextEnd(license, now);
	const left = end === undefined ? undefined : daysBetween(now, end);
	const state = attentionOf(license, now);
	const rank = RANKS[state ?? (left !== undefined && left <= ENDING_DAYS ? 'ending' : 'well')];
	const days = Math.min(left ?? daysSinceEnd(license, now), DAYS - 1);
	return (rank * DAYS + days) * FULLNESS + FULLNESS - 1 - fullness(license);
}

function daysSinceEnd({ expiresAt, maintainedUntil }: LicenseStanding, now: Seconds): number {
	const end = Math.max(expiresAt ?? 0, maintainedUntil ?? 0);
	return end === 0 ? DAYS : Math.abs(daysBetween(end, now));
}

/** 0 to 1023; all seats in use are half of that, and over the limit is more. */
function fullness({ seats, counts }: LicenseStanding): number {
	const share = usedSeats(counts) / Math.max(1, seats);
	return Math.floor(Math.min(share / 2, 1) * (FULLNESS - 1));
}
