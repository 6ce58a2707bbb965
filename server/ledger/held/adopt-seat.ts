/**
 * What becomes of a seat by what was brought back, and what the audit says of it. [SE8, AU1]
 *
 * @module
 */
import type { AuditAction, AuditFacts } from '#lib/domain/audit/audit.ts';
import { isOverLimit } from '#lib/domain/seat.ts';
import type { HeldActivation, Ledger } from './ledger.ts';
import { addActivation, changeActivation, lockedLicense } from './seats.ts';

type Change = { before: HeldActivation | undefined; next: HeldActivation };

/** @returns Whether it takes a seat beyond those that were sold. [SE4] */
export function adoptSeat(
	ledger: Ledger,
	{ before, next }: Change,
	{ actor, newer }: { actor: string; newer?: string }
): boolean {
	const { hub, changed, notes } = ledger;
	const { act, licenseId } = next;
	if (before) changeActivation(ledger, before, next);
	else addActivation(ledger, next);
	changed.licenses.add(licenseId);
	const license = lockedLicense(ledger, licenseId);
	const takes = next.state === 'active' && before?.state !== 'active';
	const isBeyond = takes && isOverLimit(license.seats, license);
	const said = whatBecame({ before, next });
	if (said) {
		const facts = { license: licenseId, ...said.facts, overage: isBeyond || undefined, newer };
		notes.push({ at: hub.now(), actor, action: said.action, subject: act, facts });
	}
	return isBeyond;
}

/** @returns `undefined` where the seat and its newest file are what they were. */
function whatBecame({
	before,
	next
}: Change): { action: AuditAction; facts: AuditFacts } | undefined {
	const { state, gen, request, coolsUntil } = next;
	if (state === 'active')
		return before?.state !== 'active'
			? { action: 'activation.adopted', facts: { gen, request } }
			: before.gen === gen
				? undefined
				: { action: 'activation.renewed', facts: { gen } };
	if (before?.state === state) return undefined;
	// It never held a seat in this ledger, or none any more.
	const forgotten = before?.state === 'active' ? undefined : true;
	if (state === 'cooling')
		return {
			action: 'activation.returned',
			facts: { freed: false, coolsUntil: coolsUntil ?? undefined, forgotten }
		};
	if (before?.state === 'cooling') return { action: 'seat.cooled', facts: {} };
	return { action: 'activation.returned', facts: { freed: true, forgotten } };
}
