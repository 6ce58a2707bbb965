/**
 * Allotments that a restored hub has forgotten. Its own signature says that it set these seats
 * aside, so they are again, beyond those that were sold where it has to be. [SY6, SE4]
 *
 * @module
 */
import { freesAt } from '#lib/domain/allotment.ts';
import type { BelowAllotment } from './ask.ts';
import type { AllotmentRecord, Ledger } from './ledger.ts';

/** What nobody can tell any more: which desk it was, and whose. */
const FORGOTTEN = { outbox: '', userId: '', desk: '' };

/** @returns Whether it had been forgotten. */
export function findAgain(ledger: Ledger, placed: BelowAllotment): boolean {
	if (ledger.blocks.allotments.has(placed.allotment.claims.jti)) return false;
	adoptAllotment(ledger, placed);
	return true;
}

export function adoptAllotment(
	{ hub, customerId, blocks, licenses, changed, notes }: Ledger,
	{ allotment: { claims, kid, text, jkt }, licenseId, actor }: BelowAllotment
): AllotmentRecord {
	const { jti, max, exp: issueUntil, fexp: filesUntil, iat } = claims;
	const license = licenses.get(licenseId);
	if (!license) throw new Error(`license ${licenseId} is in the directory only`);
	const isOver = freesAt({ filesUntil }) <= hub.freeingTime();
	const reserved = isOver ? 0 : max;
	const block: AllotmentRecord = {
		...{ customerId, allotment: jti, licenseId, ...FORGOTTEN, jkt, max, reserved },
		...{ state: isOver ? 'expired' : 'open', issueUntil, filesUntil, kid, token: text },
		...{ drawn: null, closeToken: null, endedBy: null, reason: null, endedAt: null },
		createdAt: iat
	};
	license.reserved += reserved;
	blocks.allotments.set(jti, block);
	blocks.changed.add(jti);
	changed.licenses.add(licenseId);
	notes.push({
		...{ at: hub.now(), actor, action: 'allotment.adopted', subject: jti },
		facts: { license: licenseId, seats: reserved }
	});
	return block;
}
