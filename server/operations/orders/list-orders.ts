/**
 * Events of stores for the vendor's people: what has failed first, then the newest. [OR1]
 *
 * @module
 */
import { and, desc, eq, ilike, inArray, or, type SQL } from 'drizzle-orm';
import { isRefusal } from '#lib/domain/refusal.ts';
import { parseLicenseNumber } from '#lib/domain/license-number.ts';
import type { ListedOrder } from '#lib/protocol/orders.ts';
import { customers, directory } from '#server/db/schema/catalog.ts';
import { orderEvents, orderLines, purchases } from '#server/db/schema/orders.ts';
import type { Database } from '#server/db/database.ts';
import type { Hub } from '#server/hub/hub.ts';

/** Of each state. */
const MOST = 100;

/** @param search - A purchase ID or part of one, an address, or the number of a license. */
export async function listOrders({ db }: Hub, search?: string): Promise<ListedOrder[]> {
	const which = search === undefined ? undefined : await meaning(db, search.trim());
	const ofState = (state: 'failed' | 'done') =>
		db
			.select({ event: orderEvents, purchase: purchases, customer: customers.name })
			.from(orderEvents)
			.leftJoin(purchases, eq(purchases.id, orderEvents.purchaseId))
			.leftJoin(customers, eq(customers.customerId, purchases.customerId))
			.where(and(eq(orderEvents.state, state), which))
			.orderBy(desc(orderEvents.receivedAt), desc(orderEvents.id))
			.limit(MOST);
	const rows = [...(await ofState('failed')), ...(await ofState('done'))];
	return rows.map(({ event, purchase, customer }) => ({
		id: event.id,
		type: event.type,
		state: event.state,
		purchase: event.purchaseId ?? undefined,
		address: purchase?.address,
		customer:
			purchase && customer !== null ? { id: purchase.customerId, name: customer } : undefined,
		licenses: event.result?.licenses ?? [],
		refusal: event.code === null ? undefined : { refused: event.code, facts: event.facts ?? {} },
		tries: event.tries,
		receivedAt: event.receivedAt,
		triedAt: event.triedAt
	}));
}

async function meaning(db: Database, search: string): Promise<SQL | undefined> {
	const part = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
	const ids = new Set<string>();
	const byAddress = eq(purchases.address, search.toLowerCase());
	for (const { id } of await db.select({ id: purchases.id }).from(purchases).where(byAddress))
		ids.add(id);
	const number = parseLicenseNumber(search);
	const [license] = isRefusal(number)
		? []
		: await db.select().from(directory).where(eq(directory.key, number));
	if (license) {
		const { customerId, licenseId } = license;
		const own = and(eq(orderLines.customerId, customerId), eq(orderLines.licenseId, licenseId));
		const lines = await db.select({ id: orderLines.purchaseId }).from(orderLines).where(own);
		for (const { id } of lines) ids.add(id);
	}
	return or(
		ids.size > 0 ? inArray(orderEvents.purchaseId, [...ids]) : undefined,
		ilike(orderEvents.purchaseId, part),
		// What was never carried out has no address but the one that it came with.
		and(eq(orderEvents.state, 'failed'), ilike(orderEvents.body, part))
	);
}
