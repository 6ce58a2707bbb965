/**
 * Receipts that a restored hub has forgotten: the seats that they speak of were given back, and
 * whether a seat was free at once or cooled stays as it was decided. [SY6, SE5]
 *
 * @module
 */
import { leave } from '#lib/domain/activation-record.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { Claims } from '#lib/formats/tokens.ts';
import { keepGiveBack } from './give-back.ts';
import type { Ledger } from './ledger.ts';
import { changeActivation } from './seats.ts';

/** A receipt that this hub has signed. */
export type FoundReceipt = { claims: Claims['receipt']; kid: string; text: string };

/** @returns Whether it said something new. */
export function adoptReceipt(
	ledger: Ledger,
	{ claims, kid, text: token }: FoundReceipt,
	actor: string
): boolean | Refusal<'ACTIVATION_UNKNOWN'> {
	const { hub, customerId, notes } = ledger;
	const { act, sub: licenseId, freed, ret: jti, iat: at } = claims;
	const before = ledger.givenBack.get(act);
	if (before?.token) return false;
	const known = ledger.held.get(act);
	const coolsUntil = freed === true ? null : freed;
	// A seat cools with its machine: who that is, only the activation file tells.
	if (!known && coolsUntil !== null) return refuse('ACTIVATION_UNKNOWN', { activation: act });
	const record = before ?? {
		customerId,
		act,
		licenseId,
		way: 'return' as const,
		freed: coolsUntil === null,
		coolsUntil,
		at,
		userId: null,
		reason: null
	};
	keepGiveBack(ledger, { ...record, jti, kid, token });
	if (before || known?.state !== 'active') return true;
	changeActivation(ledger, known, leave(known, 'return', coolsUntil));
	notes.push({
		at: hub.now(),
		actor,
		action: 'activation.returned',
		subject: act,
		facts: { license: licenseId, freed: coolsUntil === null, coolsUntil: coolsUntil ?? undefined }
	});
	return true;
}
