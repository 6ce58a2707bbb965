/**
 * Customers whose licenses one of the vendor's people keeps on their desks, to find them offline.
 *
 * @module
 */
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { confirmIdentity } from '#lib/desk/hub/session.ts';
import { syncNow } from '#lib/desk/store/sync-signal.ts';
import { askHub } from '#lib/desk/hub/asking.ts';

export async function keepHere(customerId: string, keep: boolean): Promise<Refusal | undefined> {
	const kept = await askHub(async (hub) => {
		await hub.customer.keep.mutate({ customerId, keep });
		// Whom this desk mirrors is part of who is signed in.
		return confirmIdentity();
	});
	if (isRefusal(kept)) return kept;
	syncNow();
	return undefined;
}
