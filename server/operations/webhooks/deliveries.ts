/**
 * The log of what was told to other servers, the newest first, and telling it again. [WH1]
 *
 * @module
 */
import { and, desc, eq, sql } from 'drizzle-orm';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { DeliveryPage, DeliveryQuestion, ListedDelivery } from '#lib/protocol/webhooks.ts';
import { webhookDeliveries, webhookEndpoints } from '#server/db/schema/webhooks.ts';
import type { Hub } from '#server/hub/hub.ts';

const PAGE = 100;

export async function listDeliveries(
	{ db }: Hub,
	{ webhook, state, after, limit = PAGE }: DeliveryQuestion = {}
): Promise<DeliveryPage> {
	const { at, eventId, endpointId } = webhookDeliveries;
	const rows = await db
		.select({ delivery: webhookDeliveries, url: webhookEndpoints.url })
		.from(webhookDeliveries)
		.innerJoin(webhookEndpoints, eq(webhookEndpoints.id, endpointId))
		.where(
			and(
				webhook === undefined ? undefined : eq(endpointId, webhook),
				state === undefined ? undefined : eq(webhookDeliveries.state, state),
				after &&
					sql`(${at}, ${eventId}, ${endpointId}) < (${after.at}, ${after.event}, ${after.webhook})`
			)
		)
		.orderBy(desc(at), desc(eventId), desc(endpointId))
		.limit(limit + 1);
	const deliveries = rows.slice(0, limit).map(({ delivery, url }) => listed(delivery, url));
	const last = deliveries.at(-1);
	if (rows.length <= limit || !last) return { deliveries };
	return { deliveries, next: { at: last.at, event: last.event, webhook: last.webhook } };
}

/** Sent again from the first try on, whatever became of it. */
export async function replayDelivery(
	hub: Hub,
	{ webhook, event }: { webhook: string; event: string }
): Promise<Refusal<'NOT_FOUND'> | undefined> {
	const [found] = await hub.db
		.update(webhookDeliveries)
		.set({ state: 'waiting', tries: 0, nextAt: hub.now(), sentAt: null })
		.where(and(eq(webhookDeliveries.endpointId, webhook), eq(webhookDeliveries.eventId, event)))
		.returning();
	if (!found) return refuse('NOT_FOUND', { what: `event ${event} of webhook ${webhook}` });
	hub.sendWebhooks?.();
	return undefined;
}

function listed(row: typeof webhookDeliveries.$inferSelect, url: string): ListedDelivery {
	const { eventId: event, endpointId: webhook, kind, subject, at, state, tries } = row;
	return {
		event,
		webhook,
		url,
		kind,
		number: row.number ?? undefined,
		subject,
		at,
		state,
		tries,
		nextAt: state === 'waiting' ? row.nextAt : undefined,
		sentAt: row.sentAt ?? undefined,
		status: row.status ?? undefined,
		fault: row.fault ?? undefined
	};
}
