/**
 * Giving a seat back inside the ledger: by a return of the machine, or by its manager's word. The
 * license is locked, the counts follow, and what was decided for an `act` stays. [SE5, SE6, MA4]
 *
 * @module
 */
import {
	isProvenBy,
	laterEnd,
	leave,
	type LeavingWay
} from '#lib/domain/seats/activation-record.ts';
import { decideRetirement, decideReturn, type GivenBack } from '#lib/domain/seats/giving-back.ts';
import type { Seconds } from '#lib/domain/time.ts';
import type { Refusal } from '#lib/domain/refusal.ts';
import { storedClaims } from '#lib/formats/stored-token.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { signToken } from '#lib/signing/jws.ts';
import type { VerifiedReturn } from '#lib/signing/return.ts';
import { isOver } from '#lib/domain/seats/adoption.ts';
import { adoptActivation, type FoundFile } from './adopt-activation.ts';
import type { SignedToken } from '#server/ledger/held/answer.ts';
import type { PlacedReturn } from '#server/ledger/held/ask.ts';
import { sightingsOf } from '#server/ledger/held/found-files.ts';
import { keepGiveBack, seatInUse } from '#server/ledger/held/given-back.ts';
import {
	quotaKey,
	type GiveBackRecord,
	type HeldActivation,
	type Ledger
} from '#server/ledger/held/ledger.ts';
import { placeDraws, recordOf } from '#server/ledger/allotments/place-draws.ts';
import { changeActivation, lockedLicense } from '#server/ledger/held/seats.ts';

export type Receipt = SignedToken & {
	act: string;
	/** False where this very receipt had been given before. */
	isNew: boolean;
};

/**
 * Records a return. A repeat gets the receipt that the first one got. No license refuses. [SY10]
 *
 * @returns A refusal where the hub's key has ended: recorded all the same, and brought again later it
 * gets its receipt. [KE1]
 */
export async function recordReturn(
	ledger: Ledger,
	{ proof, licenseId, actor }: PlacedReturn
): Promise<Receipt | Refusal<'HUB_KEY_ENDED'>> {
	const { hub } = ledger;
	const { act } = proof.activation;
	// Its draw was recorded first. Of a slot on two machines it says which one's it is. [MA4, AL5]
	const draw = ledger.blocks.draws.find(({ token }) => token === proof.activationText);
	const isJoined = draw?.state === 'joined';
	const key = isJoined ? act : (draw?.act ?? act);
	// What it carries is a file like any other, and may be forgotten. [SE8]
	if (!draw) adoptActivation(ledger, foundIn(proof), actor);
	const before = ledger.givenBack.get(key);
	if (before?.kid && before.token)
		return { act, kid: before.kid, token: before.token, isNew: false };
	const known = isJoined ? joinedRow(ledger, key, licenseId) : mustHold(ledger, key);
	const { jkt } = proof;
	const isProven = isProvenBy(known, jkt);
	const left = before ?? giveBack(ledger, known, { way: 'return', isProven, isJoined, jkt, actor });
	// What counts as it, or it counted as, is out all the same. [SE8, AL5]
	placeDraws(ledger, [key, draw?.act ?? key], actor);
	const ended = hub.signer.ended();
	if (ended) return ended;
	const { jti: ret } = proof.claims;
	const token = await signToken(
		'receipt',
		{
			v: 1,
			jti: uuidv7(),
			iat: hub.now(),
			iss: hub.iss,
			ret,
			act,
			sub: licenseId,
			freed: left.coolsUntil ?? true
		},
		hub.signer
	);
	const { kid } = hub.signer;
	keepGiveBack(ledger, { ...left, jti: ret, kid, token });
	return { act, kid, token, isNew: true };
}

/**
 * A machine is gone.
 *
 * @param by - Whose word it is; nobody can tell of one that a list of before names.
 * @returns What was decided, now or when its seat was given back before.
 */
export function recordRetirement(
	ledger: Ledger,
	{
		act,
		by,
		actor = 'hub'
	}: { act: string; by?: { userId: string; reason: string }; actor?: string }
): { given: GivenBack; isNew: boolean } {
	const before = ledger.givenBack.get(act);
	if (before) return { given: givenBackOf(before), isNew: false };
	const known = mustHold(ledger, act);
	const row = giveBack(ledger, known, {
		way: 'retire',
		isProven: false,
		actor: by?.userId ?? actor
	});
	keepGiveBack(ledger, { ...row, ...by });
	return { given: givenBackOf(row), isNew: true };
}

function foundIn({
	activation,
	activationKid: kid,
	activationText: text
}: VerifiedReturn): FoundFile {
	return { claims: activation, kid, text };
}

/** A draw that counts as another activation of its machine: it is given back by itself. [AL5] */
function joinedRow(
	{ customerId, held, blocks }: Ledger,
	act: string,
	licenseId: string
): HeldActivation {
	const own = blocks.draws.filter((row) => row.drawnAct === act && row.state === 'joined');
	const record = recordOf(own.toSorted((one, other) => one.gen - other.gen));
	return { ...record, customerId, act, licenseId, state: held.get(act)?.state ?? 'returned' };
}

function mustHold({ held }: Ledger, act: string): HeldActivation {
	const known = held.get(act);
	if (!known) throw new Error(`activation ${act} is not loaded`);
	return known;
}

function givenBackOf({ freed, coolsUntil }: GiveBackRecord): GivenBack {
	return freed || coolsUntil === null ? { freed: true } : { freed: false, coolsUntil };
}

/** The machine leaves its seat: the seat is free, or cools. */
function giveBack(
	ledger: Ledger,
	known: HeldActivation,
	{
		way,
		isProven,
		isJoined = false,
		jkt = null,
		actor
	}: { way: LeavingWay; isProven: boolean; isJoined?: boolean; jkt?: string | null; actor: string }
): GiveBackRecord {
	const { hub, customerId, freedInSpan, changed, notes } = ledger;
	const { act, licenseId } = known;
	const at = hub.now();
	const key = quotaKey(licenseId, way === 'return' ? 'return' : 'replace');
	// A machine that is gone goes with all that counts as it.
	const filesEndAt = way === 'retire' ? endOfAll(ledger, known) : known.filesEndAt;
	const seat = seatInUse(lockedLicense(ledger, licenseId), filesEndAt, {
		freedInSpan: freedInSpan.get(key) ?? 0,
		now: at
	});
	const given = way === 'return' ? decideReturn(seat, isProven) : decideRetirement(seat);
	const coolsUntil = given.freed ? null : given.coolsUntil;
	if (given.freed) freedInSpan.set(key, seat.freedInSpan + 1);
	// Its machine holds another seat since: this one was free by then, and does not cool again.
	const isLeft =
		isJoined || (known.state !== 'active' && isOver(known, sightingsOf(ledger, known)));
	const left = leave(known, way, isLeft ? null : coolsUntil);
	const next = way === 'return' ? { ...left, heardAt: at } : left;
	changeActivation(ledger, known, next);
	changed.licenses.add(licenseId);
	notes.push({
		at,
		actor,
		action: way === 'retire' ? 'activation.retired' : 'activation.returned',
		subject: act,
		facts: {
			license: licenseId,
			freed: next.coolsUntil === null,
			coolsUntil: next.coolsUntil ?? undefined,
			// It holds no seat in this ledger. What cools of it is a fact. [SE4]
			forgotten: known.state === 'active' ? undefined : true
		}
	});
	return keepGiveBack(ledger, {
		customerId,
		act,
		licenseId,
		way,
		freed: given.freed,
		coolsUntil,
		at,
		jkt,
		jti: null,
		kid: null,
		token: null,
		userId: null,
		reason: null
	});
}

/** When the last file of a machine ends, those of draws that count as it included. */
function endOfAll({ blocks }: Ledger, { act, filesEndAt }: HeldActivation): Seconds | null {
	return blocks.draws
		.filter((row) => row.act === act)
		.map(({ token }) => storedClaims('activation', token).exp ?? null)
		.reduce(laterEnd, filesEndAt);
}
