/**
 * A changed text, before any lock is taken: whose license it is about, and whether its author may.
 * [CH1]
 *
 * @module
 */
import { judgeText, type TextField } from '#lib/domain/licenses/change.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { actorOf, may, type Asker, type Hub } from '#server/hub/hub.ts';
import type { PlacedChange } from '#server/ledger/held/ask.ts';
import { findActivation } from '#server/operations/activations/find-activation.ts';
import { findLicenseById } from '#server/operations/licenses/find-license.ts';

/** @param args - Of a command, as it came. */
export async function placeChange(
	hub: Hub,
	{ field, args }: { field: TextField; args: object },
	asker: Asker | undefined
): Promise<PlacedChange | Refusal> {
	if (!asker) return refuse('SIGN_IN_REQUIRED', {});
	const subject = field === 'note' ? 'license' : 'act';
	const said = new Map<string, unknown>(Object.entries(args));
	const [about, value, was] = [subject, 'value', 'was'].map((name) => said.get(name));
	if (typeof about !== 'string') return invalid(subject, 'missing');
	if (typeof value !== 'string') return invalid('value', 'missing');
	if (typeof was !== 'string') return invalid('was', 'missing');
	const unfit = judgeText(field, value);
	if (unfit) return invalid('value', unfit);
	const found =
		field === 'note'
			? await findLicenseById(hub, about, asker)
			: await findActivation(hub, about, asker);
	if (isRefusal(found)) return found;
	if (!may(asker, 'text.change', found.customerId))
		return refuse('NOT_PERMITTED', { action: 'text.change' });
	const { customerId, licenseId } = found;
	const change = { customerId, licenseId, actor: actorOf(asker), field, value, was };
	return field === 'note'
		? { kind: 'change', ...change }
		: { kind: 'change', ...change, act: about };
}

function invalid(name: string, reason: string): Refusal<'BODY_INVALID'> {
	return refuse('BODY_INVALID', { path: `args.${name}`, reason });
}
