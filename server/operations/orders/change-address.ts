/**
 * The buyer has left: staff give a purchase another address. [AT1, OR1]
 *
 * @module
 */
import { and, eq } from 'drizzle-orm';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { purchases } from '#server/db/schema/orders.ts';
import { writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';
import { putMail } from '#server/mail/outbox.ts';
import { findProven, joinAtCustomer } from './join-by-address.ts';

/**
 * The old address is told, without the new one. Whoever has proven the new one is a member at once; who
 * joined by the old one stays until an owner removes them.
 *
 * @param address - In lower case, as accounts have it.
 */
export async function changeOrderAddress(
	hub: Hub,
	{ purchase: id, address }: { purchase: string; address: string },
	actor: string
): Promise<Refusal<'ORDER_UNKNOWN'> | undefined> {
	const [found] = await hub.db.select().from(purchases).where(eq(purchases.id, id));
	if (!found) return refuse('ORDER_UNKNOWN', { purchase: id });
	const { customerId } = found;
	await writing(hub.db, customerId, async (shell) => {
		const { tx, raiseRevision, audit } = shell;
		await raiseRevision();
		const own = and(eq(purchases.id, id), eq(purchases.customerId, customerId));
		const [before] = await tx.select().from(purchases).where(own).for('update');
		if (!before || before.address === address) return;
		await tx.update(purchases).set({ address, joinedAt: null }).where(own);
		const note = { at: hub.now(), actor, subject: customerId, facts: { purchase: id } };
		audit({ ...note, action: 'customer.purchase-changed' });
		const { language } = before;
		const facts = { purchase: id };
		await putMail(hub, tx, { to: before.address, kind: 'order-address', facts, language });
		const proven = await findProven(tx, address);
		if (proven) await joinAtCustomer(hub, shell, { customerId, proven });
	});
	hub.sendMail?.();
	return undefined;
}
