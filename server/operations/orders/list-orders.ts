/**
 * Events of stores for the vendor's people: what has failed first, then the newest. [OR1]
 *
 * @module
 */
import { and, desc, eq, ilike, inArray, lt, or, type SQL } from 'drizzle-orm';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { parseLicenseNumber } from '#lib/domain/licenses/license-number.ts';
import type {
	FoundOrder,
	ListedOrder,
	OrderPage,
	OrderPlace,
	OrderQuestion
} from '#lib/protocol/orders.ts';
import { customers, directory } from '#server/db/schema/catalog.ts';
import { orderEvents, orderLines, purchases } from '#server/db/schema/orders.ts';
import type { Database } from '#server/db/database.ts';
import type { Hub } from '#server/hub/hub.ts';

/** Of one page, unless asked otherwise. */
const PAGE = 100;

/**
 * Page by page: where the store answers in between, an event may be on two pages or on none.
 *
 * @param search - A purchase ID or part of one, an address, or the number of a license.
 */
export async function listOrders(
	{ db }: Hub,
	{ search, state, after, limit = PAGE }: OrderQuestion = {}
): Promise<OrderPage> {
	const which = search === undefined ? undefined : await meaning(db, search.trim());
	const from = after && and(eq(orderEvents.state, after.state), olderThan(after));
	const states = (['failed', 'done'] as const).filter(
		(each) => state === undefined || each === state
	);
	const left = after === undefined ? states : states.slice(states.indexOf(after.state));
	const rows: EventRow[] = [];
	for (const each of left) {
		const own = each === after?.state ? from : eq(orderEvents.state, each);
		const wanted = limit + 1 - rows.length;
		if (wanted > 0) rows.push(...(await readEvents(db, and(own, which), wanted)));
	}
	const orders = rows.slice(0, limit).map(listedOrder);
	const last = orders.at(-1);
	if (rows.length <= limit || !last) return { orders };
	return { orders, next: { state: last.state, receivedAt: last.receivedAt, id: last.id } };
}

/** One event, and what it said. */
export async function findOrder(
	{ db }: Hub,
	id: string
): Promise<FoundOrder | Refusal<'NOT_FOUND'>> {
	const [row] = await readEvents(db, eq(orderEvents.id, id), 1);
	if (!row) return refuse('NOT_FOUND', { what: `event ${id}` });
	return { ...listedOrder(row), said: row.event.body };
}

type EventRow = Awaited<ReturnType<typeof readEvents>>[number];

function readEvents(db: Database, which: SQL | undefined, limit: number) {
	return db
		.select({ event: orderEvents, purchase: purchases, customer: customers.name })
		.from(orderEvents)
		.leftJoin(purchases, eq(purchases.id, orderEvents.purchaseId))
		.leftJoin(customers, eq(customers.customerId, purchases.customerId))
		.where(which)
		.orderBy(desc(orderEvents.receivedAt), desc(orderEvents.id))
		.limit(limit);
}

function olderThan({ receivedAt, id }: OrderPlace): SQL | undefined {
	return or(
		lt(orderEvents.receivedAt, receivedAt),
		and(eq(orderEvents.receivedAt, receivedAt), lt(orderEvents.id, id))
	);
}

function listedOrder({ event, purchase, customer }: EventRow): ListedOrder {
	return {
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
	};
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
