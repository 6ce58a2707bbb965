/**
 * What was decided for activations that were given back stays, and how many of them a year frees at
 * once. [SE5, SE6, MA4]
 *
 * @module
 */
import { isProvenBy, leave } from '#lib/domain/seats/activation-record.ts';
import { isOver } from '#lib/domain/seats/adoption.ts';
import {
	decideReturn,
	replacementsAllowed,
	type Quotas,
	type SeatInUse
} from '#lib/domain/seats/giving-back.ts';
import type { Seconds } from '#lib/domain/time.ts';
import type { LicenseRecord } from '#server/db/writing.ts';
import { adoptSeat } from './adopt-seat.ts';
import { isOfDesks, sightingsOf } from './found-files.ts';
import { quotaKey, type GiveBackRecord, type Ledger } from './ledger.ts';
import { lockedLicense } from './seats.ts';

/** What was decided for an `act`, and the receipt of it, stays. */
export function keepGiveBack(
	{ givenBack, changed }: Ledger,
	record: GiveBackRecord
): GiveBackRecord {
	givenBack.set(record.act, record);
	changed.givenBack.add(record.act);
	return record;
}

/**
 * A return is judged by all files of its activation, and those may be told after it: whose key made the
 * first request, and which of them ends last. What a hub said in a receipt before stays. [SE5, SE8]
 */
export function judgeReturnAgain(ledger: Ledger, act: string, actor: string): void {
	const { hub, held, givenBack, freedInSpan } = ledger;
	const [left, known] = [givenBack.get(act), held.get(act)];
	if (!left?.jkt || !known || known.state === 'active') return;
	const isProven = isProvenBy(known, left.jkt);
	if (isProven && left.freed) return;
	const key = quotaKey(known.licenseId, 'return');
	const freed = (freedInSpan.get(key) ?? 0) - Number(left.freed);
	const seat = seatInUse(lockedLicense(ledger, known.licenseId), known.filesEndAt, {
		freedInSpan: freed,
		now: left.at
	});
	const given = decideReturn(seat, isProven);
	const coolsUntil = given.freed ? null : given.coolsUntil;
	if (coolsUntil === left.coolsUntil) return;
	freedInSpan.set(key, freed + Number(given.freed));
	keepGiveBack(ledger, { ...left, freed: given.freed, coolsUntil });
	const cools = coolsUntil !== null && coolsUntil > hub.freeingTime();
	const isLeft = !isOfDesks(ledger, known) && isOver(known, sightingsOf(ledger, known));
	const next = leave(known, 'return', cools && !isLeft ? coolsUntil : null);
	adoptSeat(ledger, { before: known, next }, { actor });
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

/** The seat of an activation as the quotas judge it. */
export function seatInUse(
	license: LicenseRecord,
	filesEndAt: Seconds | null,
	{ freedInSpan, now }: Pick<SeatInUse, 'freedInSpan' | 'now'>
): SeatInUse {
	const { seats } = license;
	const quotas = quotasOf(license);
	return { seats, quotas, filesEndAt: filesEndAt ?? undefined, freedInSpan, now };
}

function quotasOf({ returnsPerYear, replacementsPerYear, coolDays }: LicenseRecord): Quotas {
	return { returnsPerYear, replacementsPerYear: replacementsPerYear ?? undefined, coolDays };
}
