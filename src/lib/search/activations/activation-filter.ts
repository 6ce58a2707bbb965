/**
 * Which activations a filter lets through, as pure functions of an activation and the time. [P11]
 *
 * @module
 */
import { slotOfAct } from '#lib/domain/seats/allotment.ts';
import { DAY_SECONDS, daysBetween, type Seconds } from '#lib/domain/time.ts';
import type { ActivationSummary } from './activation-summary.ts';
import type { Filtering } from '#lib/search/marks.ts';

/** What the pills above the list are called in its address; one of them at a time. Without one: `current`. */
export const activationFilters = [
	'current',
	'active',
	'blocked',
	'ends-30',
	'ended',
	'over-limit',
	'offline',
	'past'
] as const;
export type ActivationFilter = (typeof activationFilters)[number];

export type ActivationStanding = Pick<ActivationSummary, 'id' | 'state' | 'expiresAt' | 'overage'>;

const BITS = Object.fromEntries(activationFilters.map((filter, at) => [filter, 1 << at])) as Record<
	ActivationFilter,
	number
>;

/** Ends are counted in days of UTC, as those of licenses are. */
function marksOf({ id, state, expiresAt, overage }: ActivationStanding, now: Seconds): number {
	if (state !== 'active' && state !== 'cooling') return BITS.past;
	let marks = BITS.current;
	if (slotOfAct(id) !== undefined) marks |= BITS.offline;
	if (state === 'cooling') return marks | BITS.blocked;
	marks |= BITS.active;
	if (expiresAt !== undefined && expiresAt <= now) marks |= BITS.ended;
	else if (expiresAt !== undefined && daysBetween(now, expiresAt) <= 30) marks |= BITS['ends-30'];
	if (overage) marks |= BITS['over-limit'];
	return marks;
}

export const activationFiltering: Filtering<ActivationStanding, ActivationFilter> = {
	filters: activationFilters,
	marksOf,
	holdUntil: ({ expiresAt }, now) => {
		const midnight = (Math.floor(now / DAY_SECONDS) + 1) * DAY_SECONDS;
		return expiresAt !== undefined && expiresAt > now ? Math.min(midnight, expiresAt) : midnight;
	}
};
