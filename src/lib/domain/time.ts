/**
 * Moments and spans of time, in seconds.
 *
 * @module
 */

/** Seconds since 1970-01-01T00:00:00Z, as NumericDate of RFC 7519. */
export type Seconds = number;

export const DAY_SECONDS = 86_400;

/** Days from one moment to another as a calendar counts them, in UTC: 0 on the same day. */
export function daysBetween(from: Seconds, to: Seconds): number {
	return Math.floor(to / DAY_SECONDS) - Math.floor(from / DAY_SECONDS);
}
