/**
 * Whoever has proven an address belongs to every customer that something was bought for with it: all its
 * licenses are there by themselves. [P1, PE3]
 *
 * @module
 */
import { and, asc, eq, isNull } from 'drizzle-orm';
import { purchases } from '#server/db/schema/orders.ts';
import { user } from '#server/db/schema/people.ts';
import type { Database } from '#server/db/database.ts';
import { writing, type Writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';
import { joinCustomer } from '#server/operations/people/join-customer.ts';

/** Somebody whose address is proven. */
export type Proven = { userId: string; address: string };

/**
 * Each customer in a transaction of its own. A purchase leads somebody there once: whoever an owner has
 * removed does not come back by signing in again.
 *
 * @returns The ids of the customers that were joined now.
 */
export async function joinByAddress(hub: Hub, userId: string): Promise<string[]> {
	const address = await provenAddressOf(hub.db, userId);
	if (address === undefined) return [];
	const rows = await hub.db
		.selectDistinct({ customerId: purchases.customerId })
		.from(purchases)
		.where(and(eq(purchases.address, address), isNull(purchases.joinedAt)))
		.orderBy(asc(purchases.customerId));
	const joined: string[] = [];
	for (const { customerId } of rows) {
		const isNew = await writing(hub.db, customerId, (shell) =>
			joinAtCustomer(hub, shell, { customerId, proven: { userId, address } })
		);
		if (isNew) joined.push(customerId);
	}
	if (joined.length > 0) hub.sendMail?.();
	return joined;
}

/** The same at one customer, in a transaction that locks no license after it. @returns Whether they are new there. */
export async function joinAtCustomer(
	hub: Hub,
	shell: Writing,
	{ customerId, proven: { userId, address } }: { customerId: string; proven: Proven }
): Promise<boolean> {
	// Of two sessions that begin at once, the second finds nothing left to do.
	await shell.raiseRevision();
	const led = await shell.tx
		.update(purchases)
		.set({ joinedAt: hub.now() })
		.where(
			and(
				eq(purchases.customerId, customerId),
				eq(purchases.address, address),
				isNull(purchases.joinedAt)
			)
		)
		.returning({ id: purchases.id, language: purchases.language });
	const [first] = led;
	if (!first) return false;
	const { id: purchase, language } = first;
	const joining = { customerId, userId, by: { purchase }, language };
	return (await joinCustomer(hub, shell, joining)) !== undefined;
}

/** @returns `undefined` where nobody has proven it. */
async function provenAddressOf(db: Database, userId: string): Promise<string | undefined> {
	const [person] = await db.select().from(user).where(eq(user.id, userId));
	return person?.emailVerified ? person.email : undefined;
}

/** Whose proven address this is. */
export async function findProven(db: Database, address: string): Promise<Proven | undefined> {
	const proven = and(eq(user.email, address), eq(user.emailVerified, true));
	const [person] = await db.select({ userId: user.id }).from(user).where(proven);
	return person && { userId: person.userId, address };
}
