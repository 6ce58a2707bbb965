/**
 * Requests that wait for a seat: refused for the last one, and granted by themselves once one is
 * free, the one that waits longest first. [RE1]
 *
 * @module
 */
import type { Refusal } from '../refusal.ts';
import { DAY_SECONDS, type Seconds } from '../time.ts';

export const WAITING_SECONDS = 30 * DAY_SECONDS;

/** Whether waiting can help: of all that is refused, only a missing seat comes by itself. */
export function mayWait({ refused }: Refusal): boolean {
	return refused === 'SEAT_LIMIT_REACHED';
}

/** Until then at most; afterwards the request is refused as before. */
export function waitingEnd(since: Seconds): Seconds {
	return since + WAITING_SECONDS;
}
