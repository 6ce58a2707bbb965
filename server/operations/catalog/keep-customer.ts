/**
 * Customers that one of the vendor's people keeps on their desks: all of them would be too many to mirror.
 *
 * @module
 */
import { and, asc, eq } from 'drizzle-orm';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { customers } from '#server/db/schema/catalog.ts';
import { keptCustomers } from '#server/db/schema/people.ts';
import type { Database } from '#server/db/database.ts';
import type { Hub } from '#server/hub/hub.ts';

/** @returns `NOT_FOUND` where there is no such customer. */
export async function keepCustomer(
	{ db }: Hub,
	{ customerId, keep }: { customerId: string; keep: boolean },
	userId: string
): Promise<Refusal<'NOT_FOUND'> | undefined> {
	if (!keep) {
		const kept = and(eq(keptCustomers.userId, userId), eq(keptCustomers.customerId, customerId));
		await db.delete(keptCustomers).where(kept);
		return undefined;
	}
	const [found] = await db.select().from(customers).where(eq(customers.customerId, customerId));
	if (!found) return refuse('NOT_FOUND', { what: `customer ${customerId}` });
	await db.insert(keptCustomers).values({ userId, customerId }).onConflictDoNothing();
	return undefined;
}

export async function keptBy(
	db: Database,
	userId: string
): Promise<{ id: string; name: string }[]> {
	return db
		.select({ id: customers.customerId, name: customers.name })
		.from(keptCustomers)
		.innerJoin(customers, eq(customers.customerId, keptCustomers.customerId))
		.where(eq(keptCustomers.userId, userId))
		.orderBy(asc(customers.name));
}
