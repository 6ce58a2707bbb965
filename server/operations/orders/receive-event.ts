/**
 * An event of a store: carried out and recorded in one transaction, so that a hub that ends between its
 * commit and its answer has done it once when the store asks again. [OR1]
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import type { OrderResult } from '#lib/domain/vendor/order.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { orderEvents } from '#server/db/schema/orders.ts';
import type { Transaction } from '#server/db/database.ts';
import { within, writing, type Writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';
import { carryOut, customerOf, OtherCustomer } from './carry-out.ts';
import { headOf, parseEvent } from './order-event.ts';

type StoredEvent = typeof orderEvents.$inferSelect;

/**
 * @param id - `webhook-id`: the same again is answered as before.
 * @param body - Signed by a store. What cannot be carried out is kept, and is tried again as it comes again.
 */
export async function receiveEvent(
	hub: Hub,
	{ id, body }: { id: string; body: string }
): Promise<OrderResult | Refusal> {
	const at = hub.now();
	return ofItsCustomer(hub, body, async (shell) => {
		const { type, purchaseId } = headOf(body);
		const fresh = { id, type, purchaseId, body, tries: 0, receivedAt: at, triedAt: at };
		// Of two that come at once, the second waits here for the first.
		await shell.tx
			.insert(orderEvents)
			.values({ ...fresh, state: 'failed' })
			.onConflictDoNothing();
		const event = (await lockEvent(shell.tx, id))!;
		if (event.body !== body) return refuse('ORDER_CHANGED', { purchase: purchaseId ?? '' });
		return event.result ?? tryEvent(hub, shell, event);
	});
}

/** Staff try again what has failed. @returns `NOT_FOUND` where there is no such event. */
export async function replayEvent(hub: Hub, id: string): Promise<OrderResult | Refusal> {
	const unknown = refuse('NOT_FOUND', { what: `event ${id}` });
	const [found] = await hub.db.select().from(orderEvents).where(eq(orderEvents.id, id));
	if (!found) return unknown;
	return ofItsCustomer(hub, found.body, async (shell) => {
		const event = await lockEvent(shell.tx, id);
		return event ? (event.result ?? tryEvent(hub, shell, event)) : unknown;
	});
}

/** Whose an event is, may be said by another that is carried out meanwhile: then it is looked up again. */
async function ofItsCustomer(
	hub: Hub,
	body: string,
	work: (shell: Writing) => Promise<OrderResult | Refusal>
): Promise<OrderResult | Refusal> {
	const event = parseEvent(body);
	for (;;) {
		const known = isRefusal(event) ? undefined : await customerOf(hub.db, event);
		try {
			// Nobody has the new id, where there is no customer and none is made.
			const outcome = await writing(hub.db, known ?? uuidv7(), work);
			hub.sendMail?.();
			return outcome;
		} catch (error) {
			if (!(error instanceof OtherCustomer)) throw error;
		}
	}
}

async function lockEvent(tx: Transaction, id: string): Promise<StoredEvent | undefined> {
	const [event] = await tx.select().from(orderEvents).where(eq(orderEvents.id, id)).for('update');
	return event;
}

async function tryEvent(
	hub: Hub,
	outer: Writing,
	{ id, body, tries }: StoredEvent
): Promise<OrderResult | Refusal> {
	const { tx } = outer;
	const outcome = await attempt(hub, outer, body);
	const tried = { tries: tries + 1, triedAt: hub.now() };
	const became = isRefusal(outcome)
		? { state: 'failed' as const, code: outcome.refused, facts: { ...outcome.facts } }
		: { state: 'done' as const, result: outcome, code: null, facts: null };
	await tx
		.update(orderEvents)
		.set({ ...tried, ...became })
		.where(eq(orderEvents.id, id));
	return outcome;
}

/** What a refusal comes after is undone. */
async function attempt(hub: Hub, outer: Writing, body: string): Promise<OrderResult | Refusal> {
	const event = parseEvent(body);
	if (isRefusal(event)) return event;
	const refused: { refusal?: Refusal } = {};
	try {
		return await within(outer, async (shell) => {
			const outcome = await carryOut(hub, shell, event);
			if (!isRefusal(outcome)) return outcome;
			refused.refusal = outcome;
			throw new Undone();
		});
	} catch (error) {
		if (refused.refusal && error instanceof Undone) return refused.refusal;
		throw error;
	}
}

class Undone extends Error {}
