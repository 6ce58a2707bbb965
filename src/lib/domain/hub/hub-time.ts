/**
 * Hub time: it never goes back, after a kill either, and a leap forward frees nothing until a person
 * has looked. [CL3]
 *
 * A hub tells no time beyond what its ledger says is reserved, some seconds ahead of its clock. So
 * whoever starts it again, by whatever clock, begins where nobody can have been told more.
 *
 * A clock set wrong by a year would otherwise end every cooling seat at once. A hub that was off for
 * days sees the same leap: it grants as ever, only what time would free waits for the word of staff.
 *
 * @module
 */
import { DAY_SECONDS, type Seconds } from '../time.ts';

/** A forward leap longer than this is doubted. */
export const LEAP_SECONDS = 2 * DAY_SECONDS;

/** So far ahead of the clock time is reserved, and so far ahead a hub that was killed may begin. */
export const RESERVED_SECONDS = 10;

/** More is reserved while there is still so much. */
const AHEAD_SECONDS = 5;

/** Nothing is freed by time beyond `from`. */
export type Leap = { from: Seconds; to: Seconds };

/** What the ledger keeps of time. */
export type KeptTime = {
	/** No time beyond it was told. */
	reserved: Seconds;
	/** One that nobody has confirmed. */
	leap?: Leap;
};

/** What a hub that runs knows of time. */
export type HubTime = KeptTime & {
	/** The newest reading of the clock. */
	last: Seconds;
};

/** Begins where nobody can have been told more. The first reading of a new hub is believed. */
export function startTime(kept: KeptTime | undefined, clock: Seconds): HubTime {
	if (!kept) return { last: clock, reserved: 0 };
	return readTime({ ...kept, last: kept.reserved }, clock);
}

/** Reads the clock. */
export function readTime(known: HubTime, clock: Seconds): HubTime {
	const { last, leap } = known;
	if (clock <= last) return known;
	if (!leap && clock - last > LEAP_SECONDS)
		return { ...known, last: clock, leap: { from: last, to: clock } };
	return { ...known, last: clock };
}

/** The time that may be told. */
export function toldTime({ last, reserved }: HubTime): Seconds {
	return Math.min(last, reserved);
}

/** Up to when time may free seats. */
export function freeingTime(time: HubTime): Seconds {
	return Math.min(toldTime(time), time.leap?.from ?? Infinity);
}

/** Whether more is to be reserved now: while the clock is behind, what is reserved suffices. */
export function isRunningOut({ reserved }: HubTime, clock: Seconds): boolean {
	return clock > reserved - AHEAD_SECONDS;
}

/**
 * The ledger has reserved more, perhaps for another process of this hub that is ahead of this one, and
 * its staff may have confirmed a leap.
 *
 * @param seen - A leap that this process has seen and the ledger not yet.
 */
export function keepTime({ last }: HubTime, kept: KeptTime, seen?: Leap): HubTime {
	const leap = kept.leap ?? seen;
	return {
		last: Math.max(last, kept.reserved - RESERVED_SECONDS),
		reserved: kept.reserved,
		...(leap && { leap })
	};
}

/** Staff have looked: the clock is right. */
export function confirmTime({ last, reserved }: HubTime): HubTime {
	return { last, reserved };
}
