/**
 * How often a mail is tried, and when: its server may be down for a while, or for a weekend.
 *
 * @module
 */
import { DAY_SECONDS, type Seconds } from '../time.ts';

/** Between two tries, in seconds: from a minute to a day. */
const WAITS = [60, 300, 1800, 7200, 21_600, DAY_SECONDS, DAY_SECONDS] as const;

/** @param tries - Those that failed. @returns `undefined` where it is given up. */
export function nextMailTry(tries: number, now: Seconds): Seconds | undefined {
	const wait = WAITS[tries - 1];
	return wait === undefined ? undefined : now + wait;
}
