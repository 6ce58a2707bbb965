/**
 * A new customer: an organization that people can be members of, and its ledger.
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { organization } from '#server/db/schema/people.ts';
import { customers } from '#server/db/schema/catalog.ts';
import type { Transaction } from '#server/db/database.ts';
import { writing, type Writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';

export type NewCustomer = { name: string; contacts?: string[]; note?: string };

/** @returns The customer's id, or `NAME_TAKEN`: people tell customers apart by their names. */
export async function addCustomer(
	hub: Hub,
	{ name, contacts = [], note = '' }: NewCustomer,
	actor: string
): Promise<{ id: string; name: string } | Refusal<'NAME_TAKEN'>> {
	const customer = { name, contacts, note };
	return writing(hub.db, uuidv7(), (shell) => addCustomerWithin(hub, shell, { customer, actor }));
}

/** The same in a transaction that goes on, and is the new customer's. */
export async function addCustomerWithin(
	hub: Hub,
	{ tx, customerId: id, audit }: Writing,
	{ customer, actor }: { customer: NewCustomer; actor: string }
): Promise<{ id: string; name: string } | Refusal<'NAME_TAKEN'>> {
	const { name, contacts = [], note = '' } = customer;
	const taken = await refuseTaken(tx, name);
	if (taken) return taken;
	const at = hub.now();
	await tx.insert(organization).values({ id, name, slug: id });
	await tx.insert(customers).values({ customerId: id, name, contacts, note, createdAt: at });
	audit({ at, actor, action: 'customer.added', subject: id, facts: { name } });
	return { id, name };
}

/** Names are asked of the catalog: a customer's transaction sees no other customer. [DB1] */
export async function refuseTaken(
	tx: Transaction,
	name: string
): Promise<Refusal<'NAME_TAKEN'> | undefined> {
	const [known] = await tx.select().from(organization).where(eq(organization.name, name));
	return known && refuse('NAME_TAKEN', { what: 'customer', name, id: known.id });
}
