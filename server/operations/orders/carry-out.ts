/**
 * One event of a store, carried out in one transaction of one customer. [OR1, DB1]
 *
 * @module
 */
import { and, eq, sql } from 'drizzle-orm';
import { parseLicenseNumber } from '#lib/domain/licenses/license-number.ts';
import {
	contentOf,
	numberIn,
	type OrderEvent,
	type OrderResult,
	type PaidOrder
} from '#lib/domain/vendor/order.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { directory } from '#server/db/schema/catalog.ts';
import { orderEvents, orderLines, purchases } from '#server/db/schema/orders.ts';
import type { Database, Transaction } from '#server/db/database.ts';
import type { LicenseRecord, Writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';
import { findProven, joinAtCustomer } from './join-by-address.ts';
import { doLine } from './do-line.ts';
import { tellBuyer } from './tell-buyer.ts';
import { knownCustomer, newCustomer } from './order-customer.ts';
import { parseEvent } from './order-event.ts';
import { refundLines, purchaseResult } from './refund-lines.ts';

type Purchase = typeof purchases.$inferSelect;

/** An event that is carried out in the transaction of one customer is another's. */
export class OtherCustomer extends Error {}

/** @returns `undefined` where an event leads to nobody yet. */
export async function customerOf(
	db: Database,
	{ type, data }: OrderEvent
): Promise<string | undefined> {
	const [purchase] = await db.select().from(purchases).where(eq(purchases.id, data.id));
	return (
		purchase?.customerId ?? (type === 'order.paid' ? knownCustomer(db, data.address) : undefined)
	);
}

/** A refusal undoes what was done before it: the caller rolls back. */
export async function carryOut(
	hub: Hub,
	shell: Writing,
	event: OrderEvent
): Promise<OrderResult | Refusal> {
	const { tx } = shell;
	const { id } = event.data;
	await lock(tx, `purchase ${id}`);
	const [purchase] = await tx.select().from(purchases).where(eq(purchases.id, id));
	if (purchase && purchase.customerId !== shell.customerId) throw new OtherCustomer();
	if (event.type === 'order.paid') return pay(hub, shell, { order: event.data, purchase });
	if (!purchase) return refuse('ORDER_UNKNOWN', { purchase: id });
	const locked = await lockLicensesOf(shell, purchase, []);
	if (isRefusal(locked)) return locked;
	return refundLines(hub, shell, { purchase, licenses: locked, lines: event.data.lines });
}

async function pay(
	hub: Hub,
	shell: Writing,
	{ order, purchase: known }: { order: PaidOrder; purchase: Purchase | undefined }
): Promise<OrderResult | Refusal> {
	const { tx } = shell;
	const { id, address, language = 'en' } = order;
	// Two first orders of one address make one customer.
	if (!known) await lock(tx, `address ${address}`);
	const before = known ? await linesOf(tx, known) : [];
	const contents = new Map(before.map(({ lineId, content }) => [lineId, content]));
	const changed = order.lines.find(
		(line) => contents.has(line.id) && contents.get(line.id) !== contentOf(line)
	);
	if (changed) return refuse('ORDER_CHANGED', { purchase: id, line: changed.id });
	const fresh = order.lines.filter((line) => !contents.has(line.id));
	if (known && fresh.length === 0) return purchaseResult(tx, known);

	const { customerId } = shell;
	const theirs = known ? customerId : await knownCustomer(tx, address);
	if (theirs === undefined) await newCustomer(hub, shell, order);
	else if (theirs !== customerId) throw new OtherCustomer();
	const purchase: Purchase = known ?? {
		id,
		customerId,
		address,
		language,
		placedAt: hub.now(),
		joinedAt: null
	};
	const numbers = fresh.flatMap((line) => numberIn(line) ?? []);
	const licenses = await lockLicensesOf(shell, purchase, numbers);
	if (isRefusal(licenses)) return licenses;
	for (const line of fresh) {
		const done = await doLine(hub, shell, { purchase, line, licenses });
		if (isRefusal(done)) return done;
	}
	if (!known) await tx.insert(purchases).values(purchase);
	const proven = await findProven(tx, purchase.address);
	if (proven) await joinAtCustomer(hub, shell, { customerId, proven });
	await tellBuyer(hub, tx, { purchase, lines: fresh.map((line) => line.id) });
	await refundEarly(hub, shell, { purchase, licenses });
	return purchaseResult(tx, purchase);
}

/** Refunds that came before their order were kept as failed: now they can be carried out. */
async function refundEarly(
	hub: Hub,
	shell: Writing,
	{ purchase, licenses }: { purchase: Purchase; licenses: Map<string, LicenseRecord> }
): Promise<void> {
	const { tx } = shell;
	const early = await tx
		.select()
		.from(orderEvents)
		.where(
			and(
				eq(orderEvents.purchaseId, purchase.id),
				eq(orderEvents.type, 'order.refunded'),
				eq(orderEvents.state, 'failed')
			)
		)
		// One that its sender tries again at this moment waits for this transaction.
		.for('update', { skipLocked: true });
	for (const { id, body } of early) {
		const event = parseEvent(body);
		if (isRefusal(event) || event.type !== 'order.refunded') continue;
		const { lines } = event.data;
		const result = await refundLines(hub, shell, { purchase, licenses, lines });
		if (isRefusal(result)) continue;
		await tx
			.update(orderEvents)
			.set({ state: 'done', result, code: null, facts: null, triedAt: hub.now() })
			.where(eq(orderEvents.id, id));
	}
}

/**
 * Locks the licenses that lines of the purchase have made or changed, and those that are named now.
 *
 * @returns By id. `ORDER_LICENSE_UNKNOWN` for a number that leads to no license of its customer.
 */
async function lockLicensesOf(
	{ tx, lockLicenses }: Writing,
	purchase: Purchase,
	numbers: readonly string[]
): Promise<Map<string, LicenseRecord> | Refusal<'ORDER_LICENSE_UNKNOWN'>> {
	const { id, customerId } = purchase;
	const ids = new Set((await linesOf(tx, purchase)).map(({ licenseId }) => licenseId));
	for (const typed of numbers) {
		const number = parseLicenseNumber(typed);
		const [found] = isRefusal(number)
			? []
			: await tx.select().from(directory).where(eq(directory.key, number));
		if (found?.customerId !== customerId)
			return refuse('ORDER_LICENSE_UNKNOWN', { purchase: id, number: typed });
		ids.add(found.licenseId);
	}
	const locked = await lockLicenses([...ids]);
	return new Map(locked.map((license) => [license.licenseId, license]));
}

function linesOf(tx: Transaction, { id, customerId }: Purchase) {
	return tx
		.select()
		.from(orderLines)
		.where(and(eq(orderLines.customerId, customerId), eq(orderLines.purchaseId, id)));
}

/** Held until the transaction ends; purchases before addresses. */
async function lock(tx: Transaction, what: string): Promise<void> {
	await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${what}, 0))`);
}
