/**
 * Whether a request would be refused, from what a desk knows of its license. [DK4]
 *
 * @module
 */
import { judgeLicense, judgeVersion } from '#lib/domain/licenses/license.ts';
import type { Seconds } from '#lib/domain/time.ts';
import { judgeFingerprint, type Machine } from '#lib/domain/machines/machine.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { freeSeats, usedSeats, type SeatCounts } from '#lib/domain/seat.ts';
import type { LicenseRow } from '#lib/protocol/rows.ts';

export type LicenseFacts = Pick<
	LicenseRow,
	| 'number'
	| 'title'
	| 'edition'
	| 'seats'
	| 'versions'
	| 'maintainedUntil'
	| 'expiresAt'
	| 'suspendedAt'
	| 'frozenAt'
	| 'successor'
	| 'upgradedTo'
	| 'trialDays'
	| 'contact'
> & {
	customer?: string;
	/** Only the server counts seats: a key alone does not say how many are free. */
	counts?: SeatCounts;
	/** Machines that it allows. */
	policy: { k: number; vm: boolean; given: boolean };
};

/** What a request shows beside its license. */
type Shown = { machine?: Machine; version?: string };

/**
 * Why a request would be refused, as far as this desk knows: the server decides. [SE2]
 *
 * A full license is named last, because a machine that holds a seat already keeps it. [SE3]
 */
export function foreseeRefusal(
	facts: LicenseFacts,
	{ machine, version }: Shown,
	now: Seconds
): Refusal | undefined {
	const { number, contact, versions: ver, upgradedTo, policy, seats, counts } = facts;
	const x = upgradedTo === undefined ? undefined : { upgrade: upgradedTo };
	return (
		judgeLicense({ ...facts, terms: { num: number, contact } }, now) ??
		(version === undefined ? undefined : judgeVersion({ ver, contact, x }, version)) ??
		(machine &&
			judgeFingerprint(machine, { policy: { ...policy, graceMinutes: 0 }, number, contact })) ??
		(counts && freeSeats(seats, counts) === 0
			? refuse('SEAT_LIMIT_REACHED', { number, seats, used: usedSeats(counts), contact })
			: undefined)
	);
}
