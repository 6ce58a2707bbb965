/**
 * Receipts that a restored hub has forgotten: the seats that they speak of were given back, and
 * whether a seat was free at once or cooled stays as it was decided. [SY6, SE5, SE8]
 *
 * @module
 */
import { isFirst, recordByReceipt } from '#lib/domain/seats/adoption.ts';
import { storedClaims } from '#lib/formats/stored-token.ts';
import type { Claims } from '#lib/formats/tokens.ts';
import { adoptSeat } from '#server/ledger/held/adopt-seat.ts';
import { isOfDesks, sightingsOf } from '#server/ledger/held/found-files.ts';
import { keepGiveBack } from '#server/ledger/held/given-back.ts';
import type { GiveBackRecord, Ledger } from '#server/ledger/held/ledger.ts';
import { placeDraws, releaseDrawn } from '#server/ledger/allotments/place-draws.ts';

/** A receipt that this hub has signed. */
export type FoundReceipt = { claims: Claims['receipt']; kid: string; text: string };

/** @returns Whether it said something new. */
export function adoptReceipt(ledger: Ledger, found: FoundReceipt, actor: string): boolean {
	const { hub, customerId, held, givenBack } = ledger;
	const { act, sub: licenseId } = found.claims;
	const known = givenBack.get(act);
	if (known?.token && !isFirst(found.claims, storedClaims('receipt', known.token))) return false;
	const { ret: jti } = found.claims;
	if (known && !known.token) {
		// What was decided without a receipt, such as that its machine is gone, stays decided.
		keepGiveBack(ledger, { ...known, jti, kid: found.kid, token: found.text });
		return true;
	}
	const leaving = keepGiveBack(ledger, recordOf(found, customerId));
	const before = held.get(act);
	const record = recordByReceipt(
		leaving,
		{
			act,
			record: before,
			sightings: before && !isOfDesks(ledger, before) ? sightingsOf(ledger, before) : []
		},
		hub.freeingTime()
	);
	const next = { ...record, customerId, act, licenseId };
	if (!before) releaseDrawn(ledger, next, actor);
	adoptSeat(ledger, { before, next }, { actor });
	placeDraws(ledger, [act], actor);
	return true;
}

function recordOf({ claims, kid, text: token }: FoundReceipt, customerId: string): GiveBackRecord {
	const { act, sub: licenseId, freed, ret: jti, iat: at } = claims;
	return {
		customerId,
		act,
		licenseId,
		way: 'return',
		freed: freed === true,
		coolsUntil: freed === true ? null : freed,
		at,
		jkt: null,
		jti,
		kid,
		token,
		userId: null,
		reason: null
	};
}
