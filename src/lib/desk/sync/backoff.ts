/**
 * When to ask the hub again, after a fault and without one.
 *
 * @module
 */

/** How often a desk asks for news. */
export const POLL_MS = 60_000;
const FIRST_MS = 1_000;
const SHORTEST_MS = 250;
const LONGEST_MS = 5 * 60_000;

/**
 * Anywhere below a bound that doubles with every fault in a row, up to five minutes: desks that lost
 * the same hub at the same moment come back spread over all of it. [SY3]
 *
 * @param faults - Faults in a row, from 1.
 * @param random - From 0 to 1.
 */
export function retryDelayMs(faults: number, random: number): number {
	const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(faults, 20));
	return Math.max(SHORTEST_MS, Math.round(longest * random));
}
