/**
 * The log of what was told to other servers, the newest first, and telling it again. [WH1]
 *
 * @module
 */
import { and, desc, eq, sql } from 'drizzle-orm';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { DeliveryPage, DeliveryQuestion, ListedDelivery } from '#lib/protocol/webhooks.ts';
import { atOnce } from '#server/db/connection.ts';
import type { Database } from '#server/db/database.ts';
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

type Delivery = typeof webhookDeliveries.$inferSelect;

type Named = Pick<Delivery, 'customerId' | 'endpointId' | 'eventId'> & { tries?: number };

/** @param named - By its tries as well: only if none was begun since. @returns What it is now, where it is. */
export async function changeDelivery(
	db: Database,
	named: Named,
	set: Partial<Delivery>
): Promise<Delivery | undefined> {
	const { customerId, endpointId, eventId, tries } = webhookDeliveries;
	const isNamed = and(
		eq(customerId, named.customerId),
		eq(endpointId, named.endpointId),
		eq(eventId, named.eventId),
		named.tries === undefined ? undefined : eq(tries, named.tries)
	);
	const [changed] = await db.transaction(
		(tx) => tx.update(webhookDeliveries).set(set).where(isNamed).returning(),
		atOnce(named.customerId)
	);
	return changed;
}

/** Sent again from the first try on, whatever became of it. */
export async function replayDelivery(
	hub: Hub,
	{ webhook, event }: { webhook: string; event: string }
): Promise<Refusal<'NOT_FOUND'> | undefined> {
	const { endpointId, eventId } = webhookDeliveries;
	const [known] = await hub.db
		.select({ customerId: webhookDeliveries.customerId, endpointId, eventId })
		.from(webhookDeliveries)
		.where(and(eq(endpointId, webhook), eq(eventId, event)));
	const again = { state: 'waiting', tries: 0, nextAt: hub.now(), sentAt: null } as const;
	if (!known || !(await changeDelivery(hub.db, known, again)))
		return refuse('NOT_FOUND', { what: `event ${event} of webhook ${webhook}` });
	hub.sendWebhooks?.();
	return undefined;
}

function listed(row: Delivery, url: string): ListedDelivery {
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
