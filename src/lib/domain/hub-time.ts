/**
 * Hub time: it never goes back, and a leap forward frees nothing until a person has looked. [CL3]
 *
 * A clock set wrong by a year would otherwise end every cooling seat at once. A hub that was off for
 * days sees the same leap: it grants as ever, only what time would free waits for the word of staff.
 *
 * @module
 */
import type { Seconds } from './license.ts';
import { DAY_SECONDS } from './time.ts';

/** A forward leap longer than this is doubted. */
export const LEAP_SECONDS = 2 * DAY_SECONDS;

/** What the hub knows of time, kept with its ledger. */
export type HubTime = {
	/** The newest time that was told. */
	last: Seconds;
	/** A leap that nobody has confirmed: nothing is freed by time beyond `from`. */
	leap?: { from: Seconds; to: Seconds };
};

/** Reads the clock. The first reading of a new hub is believed. */
export function readTime(known: HubTime | undefined, clock: Seconds): HubTime {
	if (!known) return { last: clock };
	const { last, leap } = known;
	if (clock <= last) return known;
	if (!leap && clock - last > LEAP_SECONDS) return { last: clock, leap: { from: last, to: clock } };
	return { last: clock, ...(leap && { leap }) };
}

/** Up to when time may free seats. */
export function freeingTime({ last, leap }: HubTime): Seconds {
	return leap ? leap.from : last;
}

/** Staff have looked: the clock is right. */
export function confirmTime({ last }: HubTime): HubTime {
	return { last };
}
