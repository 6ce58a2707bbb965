/**
 * Receipts that a restored hub has forgotten: the seats that they speak of were given back, and
 * whether a seat was free at once or cooled stays as it was decided. [SY6, SE5]
 *
 * @module
 */
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { writing } from '#server/db/writing.ts';
import { findCustomers, type Adopted } from './adopted.ts';
import type { Hub } from '#server/hub/hub.ts';
import type { Ledger } from '#server/ledger/ledger.ts';
import { adoptReceipt, type FoundReceipt } from '#server/ledger/adopt-receipt.ts';
import { lockedLicense } from '#server/ledger/seats.ts';
import { openLedger } from '#server/ledger/open.ts';
import { closeLedger } from '#server/ledger/close.ts';

/** @returns What became of each. Those of a license that is not known here are refused. */
export async function adoptReceipts(
	hub: Hub,
	receipts: readonly FoundReceipt[],
	actor: string
): Promise<Map<FoundReceipt, Adopted | Refusal>> {
	const done = new Map<FoundReceipt, Adopted | Refusal>();
	const customerOf = await findCustomers(hub, receipts);
	const own = Map.groupBy(receipts, ({ claims }) => customerOf.get(claims.sub));
	for (const receipt of own.get(undefined) ?? [])
		done.set(receipt, refuse('NOT_FOUND', { what: `license ${receipt.claims.sub}` }));
	own.delete(undefined);
	for (const [customerId, some] of own)
		await writing(hub.db, async (shell) => {
			const leaving = some.map(({ claims: { act, sub: licenseId } }) => ({
				act,
				licenseId,
				way: 'return' as const
			}));
			const ledger = await openLedger(hub, shell, { customerId: customerId!, leaving });
			for (const receipt of some)
				done.set(receipt, adopted(ledger, receipt, adoptReceipt(ledger, receipt, actor)));
			await closeLedger(shell, ledger);
		});
	return done;
}

function adopted(
	ledger: Ledger,
	{ claims: { act, sub } }: FoundReceipt,
	isNew: boolean | Refusal
): Adopted | Refusal {
	if (isRefusal(isNew)) return isNew;
	const { number } = lockedLicense(ledger, sub);
	return { kind: 'receipt', number, act, outcome: isNew ? 'receipt' : 'known' };
}
