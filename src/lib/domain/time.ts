/**
 * Spans of time, in seconds.
 *
 * @module
 */
import type { Seconds } from './license.ts';

export const DAY_SECONDS = 86_400;

/** Days from one moment to another as a calendar counts them, in UTC: 0 on the same day. */
export function daysBetween(from: Seconds, to: Seconds): number {
	return Math.floor(to / DAY_SECONDS) - Math.floor(from / DAY_SECONDS);
}
