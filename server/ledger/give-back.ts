/**
 * Giving a seat back inside the ledger: by a return of the machine, or by its manager's word. The
 * license is locked, the counts follow, and what was decided for an `act` stays. [SE5, SE6, MA4]
 *
 * @module
 */
import {
	decideRetirement,
	decideReturn,
	type GivenBack,
	type SeatInUse
} from '#lib/domain/giving-back.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import { decodeToken } from '#lib/formats/jws.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { signToken } from '#lib/signing/jws.ts';
import type { VerifiedReturn } from '#lib/signing/return.ts';
import type { LicenseRecord } from '#server/db/writing.ts';
import type { Signed } from './answer.ts';
import type { PlacedReturn } from './ask.ts';
import type { Hub } from '#server/hub/hub.ts';
import {
	isGranted,
	leftState,
	quotaKey,
	type GiveBackRow,
	type HeldActivation,
	type Ledger,
	type Way
} from './ledger.ts';

export type Receipt = Signed & {
	act: string;
	/** False where this very receipt had been given before. */
	isNew: boolean;
};

/** Records a return. A repeat gets the receipt that the first one got. No license refuses. [SY10] */
export async function recordReturn(
	hub: Hub,
	ledger: Ledger,
	{ proof, licenseId, actor }: PlacedReturn
): Promise<Receipt> {
	const { act } = proof.activation;
	// Its draw was recorded first: it says which activation the file counts as. [MA4, AL5]
	const draw = ledger.blocks.draws.find(({ token }) => token === proof.activationText);
	const counted = draw?.act ?? act;
	// One seat by several files: each gets a receipt of its own, under its own name.
	const key = draw?.state === 'joined' ? act : counted;
	const before = ledger.givenBack.get(key);
	if (before?.kid && before.token)
		return { act, kid: before.kid, token: before.token, isNew: false };
	const known = ledger.held.get(counted) ?? recordForgotten(ledger, proof);
	const isProven = known.held === null && known.jkt === proof.jkt;
	const left =
		ledger.givenBack.get(counted) ?? leave(hub, ledger, known, { way: 'return', isProven, actor });
	// The quota counts the seat, not its files.
	const row = key === counted ? left : { ...left, act: key, freed: false };
	const token = await signToken(
		'receipt',
		{
			v: 1,
			jti: uuidv7(),
			iat: hub.now(),
			iss: hub.iss,
			ret: proof.claims.jti,
			act,
			sub: licenseId,
			freed: left.coolsUntil ?? true
		},
		hub.signer
	);
	const { kid } = hub.signer;
	ledger.givenBack.set(key, { ...row, jti: proof.claims.jti, kid, token });
	ledger.changed.givenBack.add(key);
	return { act, kid, token, isNew: true };
}

/** A machine is gone. @returns What was decided, now or when its seat was given back before. */
export function recordRetirement(
	hub: Hub,
	ledger: Ledger,
	{ act, userId, reason }: { act: string; userId: string; reason: string }
): { given: GivenBack; isNew: boolean } {
	const before = ledger.givenBack.get(act);
	if (before) return { given: givenBack(before), isNew: false };
	const known = ledger.held.get(act);
	if (!known) throw new Error(`activation ${act} is not loaded`);
	const row = leave(hub, ledger, known, { way: 'retire', isProven: false, actor: userId });
	ledger.givenBack.set(act, { ...row, userId, reason });
	return { given: givenBack(row), isNew: true };
}

function givenBack({ freed, coolsUntil }: GiveBackRow): GivenBack {
	return freed || coolsUntil === null ? { freed: true } : { freed: false, coolsUntil };
}

/** The machine leaves its seat: the seat is free, or cools. */
function leave(
	hub: Hub,
	ledger: Ledger,
	known: HeldActivation,
	{ way, isProven, actor }: { way: Way; isProven: boolean; actor: string }
): GiveBackRow {
	const now = hub.now();
	const { customerId, act, licenseId } = known;
	const license = ledger.licenses.get(licenseId);
	if (!license) throw new Error(`license ${licenseId} is not locked`);
	const key = quotaKey(licenseId, way);
	const seat = seatInUse(license, known, { freedInSpan: ledger.freedInSpan.get(key) ?? 0, now });
	const given = way === 'return' ? decideReturn(seat, isProven) : decideRetirement(seat);
	const coolsUntil = given.freed ? null : given.coolsUntil;
	if (given.freed) ledger.freedInSpan.set(key, seat.freedInSpan + 1);
	// A forgotten activation holds no seat in this ledger. What cools of it is a fact. [SE4]
	const forgotten = known.state === 'active' ? undefined : true;
	if (!forgotten) license.active -= 1;
	if (!given.freed) license.cooling += 1;
	const left = leftState(way);
	ledger.held.set(act, { ...known, state: given.freed ? left : 'cooling', coolsUntil });
	ledger.changed.activations.add(act);
	ledger.changed.licenses.add(licenseId);
	ledger.notes.push({
		...{ at: now, actor, action: `activation.${left}`, subject: act },
		facts: {
			license: licenseId,
			freed: given.freed,
			coolsUntil: coolsUntil ?? undefined,
			forgotten
		}
	});
	const row: GiveBackRow = {
		...{ customerId, act, licenseId, way, freed: given.freed, coolsUntil, at: now },
		...{ jti: null, kid: null, token: null, userId: null, reason: null }
	};
	ledger.givenBack.set(act, row);
	ledger.changed.givenBack.add(act);
	return row;
}

function seatInUse(
	{ seats, returnsPerYear, replacementsPerYear, coolDays }: LicenseRecord,
	{ filesEndAt }: HeldActivation,
	{ freedInSpan, now }: Pick<SeatInUse, 'freedInSpan' | 'now'>
): SeatInUse {
	const quotas = {
		returnsPerYear,
		replacementsPerYear: replacementsPerYear ?? undefined,
		coolDays
	};
	return { seats, quotas, filesEndAt: filesEndAt ?? undefined, freedInSpan, now };
}

/**
 * An activation that this ledger has lost, in a restore for one: its file is a fact that this very
 * hub signed, so it is recorded as it says. Of a later generation nobody can tell whose key made
 * the first request, so its return proves nothing. [SE5, SY6]
 */
function recordForgotten(
	ledger: Ledger,
	{ activation, activationText }: VerifiedReturn
): HeldActivation {
	const { customerId, changed } = ledger;
	const { act, gen, sub: licenseId, req: request, cnf, exp, iat } = activation;
	const decoded = decodeToken(activationText);
	if (isRefusal(decoded)) throw new Error('a verified activation cannot be read');
	const { kid } = decoded;
	const row: HeldActivation = {
		...{ customerId, act, licenseId, gen, request, coolsUntil: null },
		// Holds no seat here; what becomes of it is decided at once.
		state: 'returned',
		fp: activation.fp,
		jkt: gen === 1 ? cnf.jkt : '',
		held: activation.held ?? null,
		label: activation.label ?? null,
		name: activation.name,
		grantedAt: iat,
		expiresAt: exp ?? null,
		filesEndAt: exp ?? null,
		...{ overage: false, drawn: false }
	};
	ledger.held.set(act, row);
	changed.files.push({
		...{ customerId, jti: activation.jti, act, gen, request },
		...{ kid, token: activationText, signedAt: iat }
	});
	const asked = ledger.requests.get(request);
	if (asked && isGranted(asked)) return row;
	// Its request is spent, should it be brought once more. [SE3]
	ledger.requests.set(request, {
		...{ customerId, request, licenseId, act, kid, token: activationText },
		...{ state: 'granted', jkt: cnf.jkt, refusal: null, decidedAt: iat }
	});
	changed.requests.add(request);
	return row;
}
