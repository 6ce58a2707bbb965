/**
 * Allotments that a restored hub has forgotten. Its own signature says that it set these seats
 * aside, so they are again, beyond those that were sold where it has to be. [SY6, SE4]
 *
 * @module
 */
import { freesAt } from '#lib/domain/seats/allotment.ts';
import type { BelowAllotment } from '#server/ledger/held/ask.ts';
import { recordedSlots } from './allotment-blocks.ts';
import type { AllotmentRecord, Ledger } from '#server/ledger/held/ledger.ts';
import { setAside } from '#server/ledger/held/seats.ts';

/** What nobody can tell any more: which desk it was, and whose. */
const FORGOTTEN = { outbox: '', userId: '', desk: '' };

/** @returns Whether it had been forgotten. */
export function findAgain(ledger: Ledger, placed: BelowAllotment): boolean {
	if (ledger.blocks.allotments.has(placed.allotment.claims.jti)) return false;
	adoptAllotment(ledger, placed);
	return true;
}

export function adoptAllotment(
	ledger: Ledger,
	{ allotment: { claims, kid, text, jkt }, licenseId, actor }: BelowAllotment
): AllotmentRecord {
	const { hub, customerId, notes } = ledger;
	const { jti, max, exp: issueUntil, fexp: filesUntil, iat } = claims;
	const isOver = freesAt({ filesUntil }) <= hub.freeingTime();
	const block: AllotmentRecord = {
		customerId,
		allotment: jti,
		licenseId,
		...FORGOTTEN,
		jkt,
		max,
		reserved: 0,
		state: isOver ? 'expired' : 'open',
		issueUntil,
		filesUntil,
		kid,
		token: text,
		drawn: null,
		closeToken: null,
		endedBy: null,
		reason: null,
		endedAt: null,
		createdAt: iat
	};
	// What the hub signed of a slot is counted already. [SE8]
	const seats = isOver ? 0 : max - recordedSlots(ledger, jti).size;
	setAside(ledger, block, seats);
	notes.push({
		at: hub.now(),
		actor,
		action: 'allotment.adopted',
		subject: jti,
		facts: { license: licenseId, seats }
	});
	return block;
}
