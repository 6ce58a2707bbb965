/**
 * Finding again what a restored hub has forgotten: what this very hub once signed is a fact, and
 * recording a fact is never refused for want of a seat. [SY6, SE4]
 *
 * What people bring is a set. Each record is what all files of its activation say together, and how
 * it stands follows from what is known, never from what came first: so any order, any repetition and
 * any number of people end in the same ledger. [SE8]
 *
 * @module
 */
import {
	begin,
	joinEarlier,
	learnFirstKey,
	leave,
	renew,
	type ActivationRecord,
	type LeavingWay,
	type SignedFile
} from './activation-record.ts';
import { slotOfAct } from './allotment.ts';
import type { Seconds } from '../time.ts';

/** What became of an activation file. */
export type Adoption =
	/** The ledger has it, of this generation or a later one. */
	| 'known'
	/** The ledger had it, of an earlier generation. */
	| 'newer'
	/** Its seat was given back: the file does not take it again. */
	| 'given-back'
	/** Its machine holds a seat by a newer activation, and one machine holds one. */
	| 'same-machine'
	/** Its seat is counted again, beyond those that were sold where it has to be. */
	| 'seat'
	| 'overage';

/** By this activation a machine held its seat when the file was signed. */
export type Sighting = { act: string; signedAt: Seconds };

/** An activation file that was brought. */
export type BroughtFile = SignedFile & Sighting;

/** How a seat was given back: free at once, or cooling until then. */
export type Leaving = { way: LeavingWay; coolsUntil: Seconds | null };

type Holding = Pick<ActivationRecord, 'grantedAt'> & { act: string };

/**
 * Takes up a file of an activation.
 *
 * @param known - Its record and how it was given back, as far as the ledger has them.
 * @param sightings - Files of its license that name the very same fingerprint.
 * @param now - Hub time by which seats become free. [CL3]
 * @returns Its record, with the seat that it holds or not.
 */
export function recordByFile(
	file: BroughtFile,
	known: { record?: ActivationRecord; leaving?: Leaving; sightings: readonly Sighting[] },
	now: Seconds
): ActivationRecord {
	const { record, leaving, sightings } = known;
	const next = takeUp(record, file);
	if (record && file.gen <= record.gen && !isOverDrawn(record, file)) return next;
	const { act, signedAt: grantedAt } = file;
	return settle(next, { leaving, isOver: isOver({ act, grantedAt }, sightings), now });
}

/** Takes up a receipt. Whose seat it gives back may be told later, by an activation file. */
export function recordByReceipt(
	leaving: Leaving,
	known: { act: string; record?: ActivationRecord; sightings: readonly Sighting[] },
	now: Seconds
): ActivationRecord {
	const { act, record = unseen, sightings } = known;
	return settle(record, { leaving, isOver: isOver({ act, ...record }, sightings), now });
}

/**
 * Whether its machine holds another activation since: the hub grants a fingerprint one activation at a
 * time, so a later file of another one proves that this one had been given back. The newest activation
 * of a machine holds the seat. [SE3, SE8]
 */
export function isOver({ act, grantedAt }: Holding, sightings: readonly Sighting[]): boolean {
	const own = sightings.filter((seen) => seen.act === act);
	const newest = Math.max(grantedAt, ...own.map(({ signedAt }) => signedAt));
	return sightings.some(
		(seen) =>
			seen.act !== act && (seen.signedAt > newest || (seen.signedAt === newest && seen.act > act))
	);
}

/**
 * Whether only desks speak of its seat. A draw has no time of its own, so no other activation proves
 * that it was given back, and it proves that of none. [AL3, SE8]
 *
 * @param ownDraws - Of this very activation.
 */
export function isDesksAlone(
	row: Pick<ActivationRecord, 'gen' | 'request' | 'drawn'> & { act: string },
	ownDraws: readonly Pick<ActivationRecord, 'gen' | 'request'>[]
): boolean {
	// A draw of another slot, or one that knows of no later file, may have joined what the hub has signed.
	const isNewest = (draw: (typeof ownDraws)[number]) =>
		draw.gen === row.gen && draw.request === row.request;
	return row.drawn && slotOfAct(row.act) !== undefined && ownDraws.some(isNewest);
}

/** A draw, and what else is known of its machine. */
export type DrawStanding = {
	own: string;
	/** The hub has signed a file of its own `act`, which speaks for itself. */
	isSigned: boolean;
	/** It was given back, and has cooled or not. */
	back?: 'free' | 'cooling';
	/** The activation by which its machine holds a seat that the hub granted. */
	granted?: string;
	/** Draws of its machine that nobody gave back, in any order. */
	live: readonly string[];
};

/**
 * The activation that a draw counts as: one machine holds one seat, and a draw that nobody gave back
 * holds it where the hub has granted its machine none, or none any more. Of several draws the one of
 * the earliest block and slot does. So whoever tells what first, each counts as the same. [SE8, AL5]
 */
export function countedAs({ own, isSigned, back, granted, live }: DrawStanding): string {
	if (isSigned || back === 'free') return own;
	return granted ?? live.toSorted(bySlot)[0] ?? own;
}

function bySlot(one: string, other: string): number {
	const [a, b] = [slotOfAct(one), slotOfAct(other)];
	if (!a || !b || a.allotment !== b.allotment) return one < other ? -1 : 1;
	return a.slot - b.slot;
}

/** What two receipts, or a receipt and what was decided here, say of one activation: the first stays. */
export function isFirst(one: { iat: Seconds; jti: string }, other: typeof one): boolean {
	return one.iat < other.iat || (one.iat === other.iat && one.jti < other.jti);
}

/** What all its files say together: the newest generation what it is, the first one whose it is. */
function takeUp(known: ActivationRecord | undefined, file: BroughtFile): ActivationRecord {
	if (!known) return begin(file, file.signedAt);
	// What the hub renews by itself, no machine has asked for: it was granted before. [O7]
	const grantedAt =
		known.request === file.request ? Math.min(known.grantedAt, file.signedAt) : file.signedAt;
	if (isOverDrawn(known, file)) return renew(known, file, file.signedAt);
	if (file.gen > known.gen) return learnFirstKey(renew(known, file, grantedAt), file);
	if (file.gen === known.gen) return known;
	const joined = learnFirstKey(joinEarlier(known, file), file);
	return known.request === file.request && !known.drawn ? { ...joined, grantedAt } : joined;
}

/** A desk has signed the same generation, not knowing of the hub's. */
function isOverDrawn(known: ActivationRecord, { gen }: BroughtFile): boolean {
	return gen === known.gen && known.drawn;
}

function settle(
	record: ActivationRecord,
	{ leaving, isOver, now }: { leaving?: Leaving; isOver: boolean; now: Seconds }
): ActivationRecord {
	if (isOver) return leave(record, 'return');
	if (!leaving) return { ...record, state: 'active', coolsUntil: null };
	const { way, coolsUntil } = leaving;
	return leave(record, way, coolsUntil !== null && coolsUntil > now ? coolsUntil : null);
}

/** Of an activation that only a receipt speaks of. Any file is newer. */
const unseen: ActivationRecord = {
	state: 'cooling',
	coolsUntil: null,
	gen: 0,
	fp: {},
	firstKey: null,
	held: null,
	label: null,
	name: '',
	grantedAt: 0,
	expiresAt: null,
	filesEndAt: 0,
	request: '',
	overage: false,
	drawn: false,
	changes: null,
	twin: null
};
