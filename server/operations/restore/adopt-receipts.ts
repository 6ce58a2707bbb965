/**
 * Receipts that a restored hub has forgotten: the seats that they speak of were given back, and
 * whether a seat was free at once or cooled stays as it was decided. [SY6, SE5]
 *
 * @module
 */
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { writing } from '#server/db/writing.ts';
import { findCustomers, type Adopted, type Signed } from './adopted.ts';
import type { Hub } from '#server/hub/hub.ts';
import { leftState, type Ledger } from '#server/ledger/ledger.ts';
import { openLedger } from '#server/ledger/open.ts';
import { closeLedger } from '#server/ledger/close.ts';

type Receipt = Signed<'receipt'>;

/** @returns What became of each. Those of a license that is not known here are refused. */
export async function adoptReceipts(
	hub: Hub,
	receipts: readonly Receipt[],
	actor: string
): Promise<Map<Receipt, Adopted | Refusal>> {
	const done = new Map<Receipt, Adopted | Refusal>();
	const customerOf = await findCustomers(hub, receipts);
	const own = Map.groupBy(receipts, ({ claims }) => customerOf.get(claims.sub));
	for (const receipt of own.get(undefined) ?? [])
		done.set(receipt, refuse('NOT_FOUND', { what: `license ${receipt.claims.sub}` }));
	own.delete(undefined);
	for (const [customerId, some] of own)
		await writing(hub.db, async (shell) => {
			const leaving = some.map(({ claims: { act, sub: licenseId } }) => ({
				...{ act, licenseId, way: 'return' as const }
			}));
			const ledger = await openLedger(hub, shell, customerId!, { leaving });
			for (const receipt of some) done.set(receipt, adoptOne(hub, ledger, { receipt, actor }));
			await closeLedger(shell, ledger);
		});
	return done;
}

function adoptOne(
	hub: Hub,
	ledger: Ledger,
	{ receipt: { claims, kid, text: token }, actor }: { receipt: Receipt; actor: string }
): Adopted | Refusal {
	const { act, sub: licenseId, freed, ret: jti, iat: at } = claims;
	const license = ledger.licenses.get(licenseId);
	if (!license) throw new Error(`license ${licenseId} is in the directory only`);
	const adopted = { kind: 'receipt' as const, number: license.number, act };
	const before = ledger.givenBack.get(act);
	if (before?.token) return { ...adopted, outcome: 'known' };
	const known = ledger.held.get(act);
	const coolsUntil = freed === true ? null : freed;
	// A seat cools with its machine: who that is, only the activation file tells.
	if (!known && coolsUntil !== null) return refuse('ACTIVATION_UNKNOWN', { activation: act });
	const { customerId, changed } = ledger;
	ledger.givenBack.set(act, {
		...{ customerId, act, licenseId, way: 'return', at, userId: null, reason: null },
		...before,
		...(!before && { freed: coolsUntil === null, coolsUntil }),
		...{ jti, kid, token }
	} as NonNullable<typeof before>);
	changed.givenBack.add(act);
	if (before || known?.state !== 'active') return { ...adopted, outcome: 'receipt' };

	license.active -= 1;
	if (coolsUntil !== null) license.cooling += 1;
	const state = coolsUntil === null ? leftState('return') : 'cooling';
	ledger.held.set(act, { ...known, state, coolsUntil });
	changed.activations.add(act);
	changed.licenses.add(licenseId);
	ledger.notes.push({
		...{ at: hub.now(), actor, action: 'activation.returned', subject: act },
		facts: { license: licenseId, freed: coolsUntil === null, coolsUntil: coolsUntil ?? undefined }
	});
	return { ...adopted, outcome: 'receipt' };
}
