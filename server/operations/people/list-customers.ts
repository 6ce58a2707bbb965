/**
 * All customers, for vendor staff.
 *
 * @module
 */
import { asc } from 'drizzle-orm';
import { customers } from '#server/db/schema/catalog.ts';
import type { Hub } from '#server/hub/hub.ts';

export async function listCustomers(hub: Hub): Promise<{ id: string; name: string }[]> {
	const { customerId: id, name } = customers;
	return hub.db.select({ id, name }).from(customers).orderBy(asc(customers.name));
}
