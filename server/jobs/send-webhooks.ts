/**
 * Sends the events that wait for other servers.
 *
 * An event is taken by one statement and sent after it, as mail is: a hub that ends in between
 * is followed by another try under the same id, by which its receiver knows it. A receiver that does not
 * take one is left alone until the next run, so that it holds up no other. [WH1]
 *
 * @module
 */
import { and, asc, eq, lt, lte, ne, notInArray } from 'drizzle-orm';
import { DAY_SECONDS } from '#lib/domain/time.ts';
import { nextWebhookTry, webhookBody } from '#lib/domain/vendor/webhook.ts';
import { atOnce } from '#server/db/connection.ts';
import { webhookDeliveries, webhookEndpoints } from '#server/db/schema/webhooks.ts';
import type { Hub } from '#server/hub/hub.ts';
import { changeDelivery } from '#server/operations/webhooks/deliveries.ts';
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
		const next = await findNext(hub, [...silent]);
		if (!next) return sent;
		const { endpoint } = next;
		const delivery = await take(hub, next.delivery);
		if (!delivery) continue;
		const ended = await send(hub, delivery, endpoint);
		if (ended.state === 'sent') sent++;
		else silent.add(endpoint.id);
		// Nobody else may have taken it since: a hub that was asleep says nothing any more.
		await changeDelivery(hub.db, delivery, ended);
	}
}

export async function forgetWebhooks(hub: Hub): Promise<void> {
	const { customerId, state, at } = webhookDeliveries;
	const old = and(ne(state, 'waiting'), lt(at, hub.now() - KEPT_SECONDS));
	const found = await hub.db.selectDistinct({ customerId }).from(webhookDeliveries).where(old);
	for (const { customerId: id } of found)
		await hub.db.transaction(
			(tx) => tx.delete(webhookDeliveries).where(and(eq(customerId, id), old)),
			atOnce(id)
		);
}

async function findNext(
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
	const [next] = await hub.db
		.select({ delivery: webhookDeliveries, endpoint: webhookEndpoints })
		.from(webhookDeliveries)
		.innerJoin(webhookEndpoints, joined)
		.where(due)
		.orderBy(asc(webhookDeliveries.nextAt), asc(webhookDeliveries.eventId))
		.limit(1);
	return next;
}

/** Nothing where another hub has taken it meanwhile. */
function take(hub: Hub, delivery: Delivery): Promise<Delivery | undefined> {
	const nextAt = hub.now() + TAKEN_SECONDS;
	return changeDelivery(hub.db, delivery, { tries: delivery.tries + 1, nextAt });
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
