/**
 * Allotments: blocks of seats set aside for one desk, which issues activations from them offline.
 *
 * The hub reserves the whole block before it signs it, so the seats are spoken for whatever happens
 * to the desk. What no rule can prevent, a copied desk that draws a slot twice, is proved by both
 * signatures once they meet. [AL1–AL6]
 *
 * @module
 */
import type { Policy, Terms } from '../licenses/license.ts';
import { isSameFingerprint, recognizeMachine, type Fingerprint } from '../machines/machine.ts';
import { isRefusal, refuse, type Refusal } from '../refusal.ts';
import { freeSeats, usedSeats, type SeatCounts } from '../seat.ts';
import { isStopped } from '../licenses/standing.ts';
import { DAY_SECONDS, type Seconds } from '../time.ts';

/** A desk's clock may be behind: capacity comes back this long after the last file ended. [AL4] */
export const FREEING_MARGIN_SECONDS = 2 * DAY_SECONDS;
/** A close names every drawn slot, and a token has 8 KiB. */
export const SLOT_LIMIT = 500;

/** Each still takes facts. `frozen`: proved to be copied, or ended by its manager. [AL4] */
export type AllotmentState = 'open' | 'closed' | 'frozen' | 'expired' | 'written-off';

/**
 * What a draw turned out to be. `joined`: its machine held a seat already. `overage`: its seat had
 * been given back. `contested`: another machine has the slot. [AL4, AL5]
 */
export type DrawState = 'recorded' | 'joined' | 'overage' | 'contested';

/** How long an allotment lasts. [AL3] */
export type AllotmentTimes = { issueUntil: Seconds; filesUntil: Seconds };

/** What the vendor allows desks of a license. [AL1] */
export type DeskPolicy = {
	/** Seats that one person may hold, on whatever desks. */
	deskSeats: number;
	/** Seats that all desks together may hold; absent: half of them, at least one. */
	offlineShare?: number;
	allotmentDays: number;
	drawDays: number;
};

/** Seats of a license that all desks together may hold. [AL1] */
export function offlineShareOf({
	seats,
	offlineShare
}: Pick<DeskPolicy, 'offlineShare'> & { seats: number }): number {
	return offlineShare ?? Math.max(1, Math.floor(seats / 2));
}

/** Offline seats of it may be set aside at all: it goes on, and is no trial, of which a desk could not know. [TR2] */
export function isReservable(
	license: Parameters<typeof isStopped>[0] & { expiresAt?: Seconds; trialDays?: number },
	now: Seconds
): boolean {
	const { expiresAt, trialDays } = license;
	if (isStopped(license) || trialDays !== undefined) return false;
	return expiresAt === undefined || now < expiresAt;
}

/** Seats that may still be set aside, as far as anybody knows without asking the hub. [AL1] */
export function reservableSeats(
	license: { seats: number; counts: SeatCounts } & Pick<DeskPolicy, 'deskSeats' | 'offlineShare'>,
	heldByPerson = 0
): number {
	const { seats, counts, deskSeats } = license;
	return Math.max(
		0,
		Math.min(
			deskSeats - heldByPerson,
			offlineShareOf(license) - counts.reserved,
			freeSeats(seats, counts)
		)
	);
}

/**
 * May this desk have a block? The caller holds the lock on the license row, and has judged the
 * license itself. [SE2]
 *
 * @param heldByPerson - Seats of this license that are still set aside for the same person, whose desks are
 * as many as somebody makes up.
 * @param expiresAt - When files signed now would end at the latest.
 */
export function decideReservation({
	number,
	contact,
	seats,
	counts,
	wanted,
	heldByPerson,
	policy,
	expiresAt,
	now
}: {
	number: string;
	contact: string;
	seats: number;
	counts: SeatCounts;
	wanted: number;
	heldByPerson: number;
	policy: DeskPolicy;
	expiresAt?: Seconds;
	now: Seconds;
}): AllotmentTimes | Refusal<'ALLOTMENT_LIMIT_REACHED' | 'SEAT_LIMIT_REACHED'> {
	const allowed = Math.min(policy.deskSeats, SLOT_LIMIT);
	if (heldByPerson + wanted > allowed)
		return refuse('ALLOTMENT_LIMIT_REACHED', {
			number,
			allowed,
			held: heldByPerson,
			of: 'person'
		});
	const share = offlineShareOf({ ...policy, seats });
	if (counts.reserved + wanted > share)
		return refuse('ALLOTMENT_LIMIT_REACHED', {
			number,
			allowed: share,
			held: counts.reserved,
			of: 'license'
		});
	if (freeSeats(seats, counts) < wanted)
		return refuse('SEAT_LIMIT_REACHED', { number, seats, used: usedSeats(counts), contact });
	const filesUntil = Math.min(now + policy.drawDays * DAY_SECONDS, expiresAt ?? Infinity);
	return { issueUntil: Math.min(now + policy.allotmentDays * DAY_SECONDS, filesUntil), filesUntil };
}

/** One slot that this desk has bound to a machine, whether or not its file was signed yet. */
export type BoundSlot = {
	slot: number;
	gen: number;
	fp: Fingerprint;
	/** `jti` of the newest request it was drawn for. */
	request: string;
	label?: string;
};

/**
 * The slot to draw, of which generation, for which fingerprint: a slot keeps its first one. [MA5]
 * `isRepeat`: this very request has it already.
 */
export type Draw = { slot: number; gen: number; fp: Fingerprint; isRepeat: boolean };

/**
 * Which slot does this machine get? The same machine gets the same slot, the same request the same
 * generation; any other the lowest slot not yet bound. [AL2]
 *
 * @param now - The later of the desk's clock and trusted time. [CL1]
 */
export function decideDraw({
	allotment,
	bound,
	request,
	policy,
	now
}: {
	allotment: {
		id: string;
		max: number;
		state: AllotmentState;
		issueUntil: Seconds;
		terms: Pick<Terms, 'num' | 'contact'>;
	};
	bound: readonly BoundSlot[];
	request: { id: string; fp: Fingerprint };
	policy: Pick<Policy, 'k' | 'given'>;
	now: Seconds;
}): Draw | Refusal {
	const { id, max, state, issueUntil, terms } = allotment;
	const before = bound.find((row) => row.request === request.id);
	if (before) return { slot: before.slot, gen: before.gen, fp: before.fp, isRepeat: true };
	if (state !== 'open') return refuse('ALLOTMENT_CLOSED', { allotment: id, state });
	if (issueUntil <= now) return refuse('ALLOTMENT_ENDED', { allotment: id, endedAt: issueUntil });
	const known = recognizeMachine(request.fp, bound, policy);
	if (isRefusal(known)) return known;
	if (known) return { slot: known.slot, gen: known.gen + 1, fp: known.fp, isRepeat: false };
	const taken = new Set(bound.map(({ slot }) => slot));
	for (let slot = 1; slot <= max; slot++)
		if (!taken.has(slot)) return { slot, gen: 1, fp: request.fp, isRepeat: false };
	return refuse('ALLOTMENT_SPENT', { number: terms.num, slots: max });
}

/** `act` of a draw. [AL2] */
export function actOfDraw(allotment: string, slot: number): string {
	return `${allotment}.${slot}`;
}

/** @returns The slot that this `act` names, if a desk has drawn it. */
export function slotOfAct(act: string): { allotment: string; slot: number } | undefined {
	const [allotment = '', slot = ''] = act.split('.');
	return /^[1-9]\d{0,2}$/.test(slot) ? { allotment, slot: Number(slot) } : undefined;
}

/** How a slot stands at the hub when a draw of it arrives. */
export type SlotStanding = {
	/** Draws of this slot that are recorded, with the machines they name. */
	before: readonly { act: string; state: DrawState; fp: Fingerprint; label?: string }[];
	/** Its seat is still set aside. */
	isReserved: boolean;
	/** An activation by another way that says the very same components, if there is one. [MA5] */
	holds?: string;
	/** That is its very own, of which a later file or the receipt was brought first. [SE8] */
	isOwn?: boolean;
	free: number;
};

/** What recording a draw does. A fact is never refused. [AL4, AL5, SY10] */
export type Recorded =
	/** The same machine again: its next file of the same activation. */
	| { state: DrawState; act: string; seat: 'held' }
	/** A new activation, on the seat that was set aside or on a free one. */
	| { state: 'recorded'; act?: undefined; seat: 'reserved' | 'free' }
	/** The machine is counted by `act` already; the slot's seat, if still set aside, is free. */
	| { state: 'recorded' | 'joined' | 'contested'; act: string; seat: 'released' | 'none' }
	/** More than was sold: counted, shown, and over when its files end. */
	| { state: 'overage' | 'contested'; act?: undefined; seat: 'beyond' };

/**
 * Decides what a draw means to the ledger. The caller holds the license row's lock.
 *
 * Only the very same components make it the same machine: a desk never changes those of a slot, and
 * what merely looks alike keeps a seat of its own. [MA5]
 */
export function decideRecording(
	{ before, isReserved, holds, isOwn = false, free }: SlotStanding,
	fp: Fingerprint
): Recorded {
	const same = before.find((draw) => isSameFingerprint(draw.fp, fp));
	if (same) return { state: same.state, act: same.act, seat: 'held' };
	const isContested = before.some(({ state }) => state !== 'contested');
	if (holds !== undefined)
		return {
			state: isContested ? 'contested' : isOwn ? 'recorded' : 'joined',
			act: holds,
			seat: isReserved ? 'released' : 'none'
		};
	if (isContested) return { state: 'contested', seat: 'beyond' };
	if (isReserved) return { state: 'recorded', seat: 'reserved' };
	return free > 0 ? { state: 'recorded', seat: 'free' } : { state: 'overage', seat: 'beyond' };
}

/** An allotment as the hub keeps it. `drawn`: what its close names, once it was believed. */
export type AllotmentSlots = { max: number; state: AllotmentState; drawn?: readonly number[] };

/** Slots whose seats are still set aside. @param recorded - Slots that a draw was recorded of. */
export function slotsSetAside(
	{ max, state, drawn }: AllotmentSlots,
	recorded: ReadonlySet<number>
): number[] {
	if (state === 'expired' || state === 'written-off') return [];
	const slots = drawn ?? Array.from({ length: max }, (_, at) => at + 1);
	return slots.filter((slot) => !recorded.has(slot));
}

/** `copied`: what two copies of a desk said cannot both be true. [AL4] */
export type Closing = 'closes' | 'known' | 'copied' | 'late';

/**
 * Decides what a close does. A fact, so what it says is kept in any case; it frees seats only where
 * nothing speaks against it.
 *
 * @param said - Slots that an earlier close named.
 * @param isCopied - The desk is known to have been copied: another copy may still draw.
 */
export function decideClosing(
	{ state, said, isCopied }: { state: AllotmentState; said?: readonly number[]; isCopied: boolean },
	drawn: readonly number[],
	recorded: ReadonlySet<number>
): Closing {
	if (said && said.join() === drawn.join()) return 'known';
	if (said || [...recorded].some((slot) => !drawn.includes(slot))) return 'copied';
	if (state === 'expired' || state === 'written-off' || isCopied) return 'late';
	return 'closes';
}

/** When seats that are still set aside come back by themselves. [AL4] */
export function freesAt({ filesUntil }: Pick<AllotmentTimes, 'filesUntil'>): Seconds {
	return filesUntil + FREEING_MARGIN_SECONDS;
}

/**
 * A manager takes the seats back before that: once nothing can be issued any more, or early, knowing that
 * what the desk still issues is then an overage. [AL1, AL4]
 */
export function judgeWriteOff(
	{ id, state, issueUntil }: { id: string; state: AllotmentState; issueUntil: Seconds },
	{ now, isEarly }: { now: Seconds; isEarly: boolean }
): Refusal<'ALLOTMENT_CLOSED' | 'ALLOTMENT_STILL_ISSUING'> | undefined {
	if (state !== 'open' && state !== 'frozen')
		return refuse('ALLOTMENT_CLOSED', { allotment: id, state });
	if (issueUntil > now && !isEarly)
		return refuse('ALLOTMENT_STILL_ISSUING', { allotment: id, until: issueUntil });
	return undefined;
}
