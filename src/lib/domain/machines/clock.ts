/**
 * Clocks: only the hub's own time is trusted, a machine's clock is only doubted. [CL1]
 *
 * @module
 */
import { refuse, type Refusal } from '../refusal.ts';
import { DAY_SECONDS, type Seconds } from '../time.ts';

/** A clock this far behind trusted time cannot be right. [CL1] */
export const CLOCK_TOLERANCE_SECONDS = DAY_SECONDS;

/** A request this far ahead of the hub was made under a wrong clock; the hub says so and grants. */
const AHEAD_SECONDS = DAY_SECONDS;

/** A clock behind time that has provably passed: a warning, which never blocks reading. [CL1] */
export function doubtClock(clock: Seconds, trusted: Seconds): Refusal<'CLOCK_BEHIND'> | undefined {
	return trusted - clock > CLOCK_TOLERANCE_SECONDS
		? refuse('CLOCK_BEHIND', { clock, trusted })
		: undefined;
}

/**
 * What the hub noticed of a machine's clock. It judges nothing by it [SE3]; only a request from the
 * future proves anything, for an old one may have travelled for months.
 */
export function noticeClock(madeAt: Seconds, hubNow: Seconds): Refusal<'CLOCK_AHEAD'> | undefined {
	return madeAt - hubNow > AHEAD_SECONDS
		? refuse('CLOCK_AHEAD', { clock: madeAt, trusted: hubNow })
		: undefined;
}
