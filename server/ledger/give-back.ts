/**
 * Giving a seat back inside the ledger: by a return of the machine, or by its manager's word. The
 * license is locked, the counts follow, and what was decided for an `act` stays. [SE5, SE6, MA4]
 *
 * @module
 */
import { isProvenBy, leave, type LeavingWay } from '#lib/domain/activation-record.ts';
import {
	decideRetirement,
	decideReturn,
	replacementsAllowed,
	type GivenBack,
	type Quotas,
	type SeatInUse
} from '#lib/domain/giving-back.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { signToken } from '#lib/signing/jws.ts';
import type { LicenseRecord } from '#server/db/writing.ts';
import { recordForgotten } from './adopt-activation.ts';
import type { SignedToken } from './answer.ts';
import type { PlacedReturn } from './ask.ts';
import { quotaKey, type GiveBackRecord, type HeldActivation, type Ledger } from './ledger.ts';
import { changeActivation, lockedLicense } from './seats.ts';

export type Receipt = SignedToken & {
	act: string;
	/** False where this very receipt had been given before. */
	isNew: boolean;
};

/** Records a return. A repeat gets the receipt that the first one got. No license refuses. [SY10] */
export async function recordReturn(
	ledger: Ledger,
	{ proof, licenseId, actor }: PlacedReturn
): Promise<Receipt> {
	const { hub } = ledger;
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
	const isProven = isProvenBy(known, proof.jkt);
	const left =
		ledger.givenBack.get(counted) ?? giveBack(ledger, known, { way: 'return', isProven, actor });
	// The quota counts the seat, not its files.
	const row = key === counted ? left : { ...left, act: key, freed: false };
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
	keepGiveBack(ledger, { ...row, jti: ret, kid, token });
	return { act, kid, token, isNew: true };
}

/** A machine is gone. @returns What was decided, now or when its seat was given back before. */
export function recordRetirement(
	ledger: Ledger,
	{ act, userId, reason }: { act: string; userId: string; reason: string }
): { given: GivenBack; isNew: boolean } {
	const before = ledger.givenBack.get(act);
	if (before) return { given: givenBackOf(before), isNew: false };
	const known = ledger.held.get(act);
	if (!known) throw new Error(`activation ${act} is not loaded`);
	const row = giveBack(ledger, known, { way: 'retire', isProven: false, actor: userId });
	keepGiveBack(ledger, { ...row, userId, reason });
	return { given: givenBackOf(row), isNew: true };
}

function givenBackOf({ freed, coolsUntil }: GiveBackRecord): GivenBack {
	return freed || coolsUntil === null ? { freed: true } : { freed: false, coolsUntil };
}

/** The machine leaves its seat: the seat is free, or cools. */
function giveBack(
	ledger: Ledger,
	known: HeldActivation,
	{ way, isProven, actor }: { way: LeavingWay; isProven: boolean; actor: string }
): GiveBackRecord {
	const { hub, customerId, freedInSpan, changed, notes } = ledger;
	const { act, licenseId } = known;
	const at = hub.now();
	const key = quotaKey(licenseId, way === 'return' ? 'return' : 'replace');
	const seat = seatInUse(lockedLicense(ledger, licenseId), known, {
		freedInSpan: freedInSpan.get(key) ?? 0,
		now: at
	});
	const given = way === 'return' ? decideReturn(seat, isProven) : decideRetirement(seat);
	const coolsUntil = given.freed ? null : given.coolsUntil;
	if (given.freed) freedInSpan.set(key, seat.freedInSpan + 1);
	changeActivation(ledger, known, leave(known, way, coolsUntil));
	changed.licenses.add(licenseId);
	notes.push({
		at,
		actor,
		action: way === 'retire' ? 'activation.retired' : 'activation.returned',
		subject: act,
		facts: {
			license: licenseId,
			freed: given.freed,
			coolsUntil: coolsUntil ?? undefined,
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
		jti: null,
		kid: null,
		token: null,
		userId: null,
		reason: null
	});
}

/** What was decided for an `act`, and the receipt of it, stays. */
export function keepGiveBack(
	{ givenBack, changed }: Ledger,
	record: GiveBackRecord
): GiveBackRecord {
	givenBack.set(record.act, record);
	changed.givenBack.add(record.act);
	return record;
}

/** How many machines of it may still be replaced in this span; none, where nobody has counted. [SE6] */
export function replacementsLeft({ freedInSpan }: Ledger, license: LicenseRecord): number {
	const used = freedInSpan.get(quotaKey(license.licenseId, 'replace'));
	const allowed = replacementsAllowed({ seats: license.seats, quotas: quotasOf(license) });
	return used === undefined ? 0 : Math.max(0, allowed - used);
}

/** Counts a fingerprint that changed. [MA5] */
export function countReplacement({ freedInSpan }: Ledger, licenseId: string): void {
	const key = quotaKey(licenseId, 'replace');
	freedInSpan.set(key, (freedInSpan.get(key) ?? 0) + 1);
}

function seatInUse(
	license: LicenseRecord,
	{ filesEndAt }: HeldActivation,
	{ freedInSpan, now }: Pick<SeatInUse, 'freedInSpan' | 'now'>
): SeatInUse {
	const { seats } = license;
	const quotas = quotasOf(license);
	return { seats, quotas, filesEndAt: filesEndAt ?? undefined, freedInSpan, now };
}

function quotasOf({ returnsPerYear, replacementsPerYear, coolDays }: LicenseRecord): Quotas {
	return { returnsPerYear, replacementsPerYear: replacementsPerYear ?? undefined, coolDays };
}
