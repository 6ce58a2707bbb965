/**
 * An event of a store: carried out and recorded in one transaction, so that a hub that ends between its
 * commit and its answer has done it once when the store asks again. [OR1]
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import type { OrderResult } from '#lib/domain/order.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { orderEvents } from '#server/db/schema/orders.ts';
import type { Transaction } from '#server/db/database.ts';
import { within, writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';
import { carryOut } from './carry-out.ts';
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
	const outcome = await writing(hub.db, async ({ tx }) => {
		const { type, purchaseId } = headOf(body);
		const fresh = { id, type, purchaseId, body, tries: 0, receivedAt: at, triedAt: at };
		// Of two that come at once, the second waits here for the first.
		await tx
			.insert(orderEvents)
			.values({ ...fresh, state: 'failed' })
			.onConflictDoNothing();
		const [event] = await tx.select().from(orderEvents).where(eq(orderEvents.id, id)).for('update');
		if (event!.body !== body) return refuse('ORDER_CHANGED', { purchase: purchaseId ?? '' });
		return event!.result ?? tryEvent(hub, tx, event!);
	});
	hub.sendMail?.();
	return outcome;
}

/** Staff try again what has failed. @returns `NOT_FOUND` where there is no such event. */
export async function replayEvent(hub: Hub, id: string): Promise<OrderResult | Refusal> {
	const outcome = await writing(hub.db, async ({ tx }) => {
		const [event] = await tx.select().from(orderEvents).where(eq(orderEvents.id, id)).for('update');
		if (!event) return refuse('NOT_FOUND', { what: `event ${id}` });
		return event.result ?? tryEvent(hub, tx, event);
	});
	hub.sendMail?.();
	return outcome;
}

async function tryEvent(
	hub: Hub,
	tx: Transaction,
	{ id, body, tries }: StoredEvent
): Promise<OrderResult | Refusal> {
	const outcome = await attempt(hub, tx, body);
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
async function attempt(hub: Hub, tx: Transaction, body: string): Promise<OrderResult | Refusal> {
	const event = parseEvent(body);
	if (isRefusal(event)) return event;
	const refused: { refusal?: Refusal } = {};
	try {
		return await within(tx, async (shell) => {
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
