/**
 * Sends the events that wait for other servers.
 *
 * An event is taken in one short transaction and sent outside of it, as mail is: a hub that ends in between
 * is followed by another try under the same id, by which its receiver knows it. A receiver that does not
 * take one is left alone until the next run, so that it holds up no other. [WH1]
 *
 * @module
 */
import { and, asc, eq, lt, lte, ne, notInArray } from 'drizzle-orm';
import { DAY_SECONDS } from '#lib/domain/time.ts';
import { nextWebhookTry, webhookBody } from '#lib/domain/webhook.ts';
import { webhookDeliveries, webhookEndpoints } from '#server/db/schema/webhooks.ts';
import type { Hub } from '#server/hub/hub.ts';
import { openWebhookSecret } from '#server/operations/webhooks/endpoints.ts';
import { postWebhook } from '#server/webhooks/post-webhook.ts';

/** Longer than a receiver is waited for. */
const TAKEN_SECONDS = 45;
const KEPT_SECONDS = 30 * DAY_SECONDS;
/** As much of a fault as people read. */
const FAULT_LENGTH = 300;

type Delivery = typeof webhookDeliveries.$inferSelect;
type Endpoint = typeof webhookEndpoints.$inferSelect;

/** @returns How many were sent. */
export async function sendWebhooks(hub: Hub): Promise<number> {
	const silent = new Set<string>();
	let sent = 0;
	for (;;) {
		const taken = await takeNext(hub, [...silent]);
		if (!taken) return sent;
		const { delivery, endpoint } = taken;
		const ended = await send(hub, delivery, endpoint);
		if (ended.state === 'sent') sent++;
		else silent.add(endpoint.id);
		// Nobody else may have taken it since: a hub that was asleep says nothing any more.
		const { endpointId, eventId, tries } = delivery;
		await hub.db
			.update(webhookDeliveries)
			.set(ended)
			.where(and(own({ endpointId, eventId }), eq(webhookDeliveries.tries, tries)));
	}
}

export async function forgetWebhooks(hub: Hub): Promise<void> {
	const old = lt(webhookDeliveries.at, hub.now() - KEPT_SECONDS);
	await hub.db.delete(webhookDeliveries).where(and(ne(webhookDeliveries.state, 'waiting'), old));
}

async function takeNext(
	hub: Hub,
	silent: readonly string[]
): Promise<{ delivery: Delivery; endpoint: Endpoint } | undefined> {
	const now = hub.now();
	const due = and(
		eq(webhookDeliveries.state, 'waiting'),
		lte(webhookDeliveries.nextAt, now),
		eq(webhookEndpoints.isOn, true),
		silent.length === 0 ? undefined : notInArray(webhookDeliveries.endpointId, [...silent])
	);
	const joined = eq(webhookEndpoints.id, webhookDeliveries.endpointId);
	const found = (db: Pick<Hub['db'], 'select'>) =>
		db
			.select({ delivery: webhookDeliveries, endpoint: webhookEndpoints })
			.from(webhookDeliveries)
			.innerJoin(webhookEndpoints, joined)
			.where(due)
			.orderBy(asc(webhookDeliveries.nextAt), asc(webhookDeliveries.eventId))
			.limit(1);
	// As a rule there is nothing, and nothing is written.
	if ((await found(hub.db)).length === 0) return undefined;
	return hub.db.transaction(async (tx) => {
		const [next] = await found(tx).for('update', { of: webhookDeliveries, skipLocked: true });
		if (!next) return undefined;
		const taken = { tries: next.delivery.tries + 1, nextAt: now + TAKEN_SECONDS };
		await tx.update(webhookDeliveries).set(taken).where(own(next.delivery));
		return { ...next, delivery: { ...next.delivery, ...taken } };
	});
}

async function send(hub: Hub, delivery: Delivery, endpoint: Endpoint): Promise<Partial<Delivery>> {
	const { status, fault } = await post(hub, delivery, endpoint);
	if (status !== undefined && status >= 200 && status < 300)
		return { state: 'sent', status, fault: null, sentAt: hub.now() };
	const nextAt = nextWebhookTry(delivery.tries, hub.now());
	const said = { status: status ?? null, fault: fault ?? null };
	return nextAt === undefined ? { ...said, state: 'failed' } : { ...said, nextAt };
}

async function post(
	hub: Hub,
	{ eventId: id, number, ...event }: Delivery,
	endpoint: Endpoint
): Promise<{ status?: number; fault?: string }> {
	const body = webhookBody({ ...event, number: number ?? undefined });
	try {
		const secret = openWebhookSecret(hub, endpoint);
		const signed = { id, body, secret, now: hub.now() };
		return { status: await postWebhook(endpoint.url, signed, { lan: hub.webhooksToLan }) };
	} catch (error) {
		return {
			fault: (error instanceof Error ? error.message : String(error)).slice(0, FAULT_LENGTH)
		};
	}
}

function own({ endpointId, eventId }: Pick<Delivery, 'endpointId' | 'eventId'>) {
	return and(eq(webhookDeliveries.endpointId, endpointId), eq(webhookDeliveries.eventId, eventId));
}
