/**
 * The customer that an order is for. [OR1]
 *
 * @module
 */
import { and, desc, eq } from 'drizzle-orm';
import { isRefusal } from '#lib/domain/refusal.ts';
import type { PaidOrder } from '#lib/domain/vendor/order.ts';
import { purchases } from '#server/db/schema/orders.ts';
import { member, user } from '#server/db/schema/people.ts';
import type { Database, Transaction } from '#server/db/database.ts';
import type { Writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';
import { addCustomerWithin } from '#server/operations/catalog/add-customer.ts';
import { STORE } from './store.ts';

/**
 * The customer of an earlier purchase with that address, or the only one that whoever has proven it owns.
 *
 * @returns `undefined` for an address that leads nowhere.
 */
export async function knownCustomer(
	tx: Database | Transaction,
	address: string
): Promise<string | undefined> {
	const [before] = await tx
		.select({ customerId: purchases.customerId })
		.from(purchases)
		.where(eq(purchases.address, address))
		.orderBy(desc(purchases.placedAt), desc(purchases.id))
		.limit(1);
	if (before) return before.customerId;
	const owned = await tx
		.select({ customerId: member.organizationId })
		.from(member)
		.innerJoin(user, eq(user.id, member.userId))
		.where(and(eq(user.email, address), eq(user.emailVerified, true), eq(member.role, 'owner')));
	return owned.length === 1 ? owned[0]!.customerId : undefined;
}

/** A new one, whose transaction it is. Whoever is called like somebody else is not taken for them. */
export async function newCustomer(
	hub: Hub,
	shell: Writing,
	{ id, address, name }: PaidOrder
): Promise<void> {
	const names = [...(name ? [name, `${name} (${address})`] : [address]), `${address} (${id})`];
	for (const each of names) {
		const customer = { name: each, contacts: [address] };
		const added = await addCustomerWithin(hub, shell, { customer, actor: STORE });
		if (!isRefusal(added)) return;
	}
	throw new Error(`no name is free for the customer of purchase ${id}`);
}
