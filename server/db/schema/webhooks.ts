/**
 * Other servers that the hub tells of events, and each event for each of them until it is sent: written in
 * the transaction that the event tells of. [WH1]
 *
 * @module
 */
import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { AuditFacts } from '#lib/domain/audit/audit.ts';
import type { WebhookKind, WebhookState } from '#lib/domain/vendor/webhook.ts';
import { customerId, seconds } from './columns.ts';

export const webhookEndpoints = pgTable('webhook_endpoint', {
	id: text('id').primaryKey(),
	url: text('url').notNull(),
	kinds: jsonb('kinds').$type<WebhookKind[]>().notNull(),
	/** What is told to it is signed with this; sealed, `whsec_` and all. */
	sealed: text('sealed').notNull(),
	/** Off: nothing is written down for it, and what waits goes on waiting. */
	isOn: boolean('is_on').notNull().default(true),
	createdAt: seconds('created_at').notNull(),
	createdBy: text('created_by').notNull()
});

export const webhookDeliveries = pgTable(
	'webhook_delivery',
	{
		customerId: customerId(),
		endpointId: text('endpoint_id')
			.notNull()
			.references(() => webhookEndpoints.id, { onDelete: 'cascade' }),
		/** `webhook-id`: the same at every try. */
		eventId: text('event_id').notNull(),
		kind: text('kind').$type<WebhookKind>().notNull(),
		subject: text('subject').notNull(),
		/** Of the license, as it was then. */
		number: text('number'),
		facts: jsonb('facts').$type<AuditFacts>().notNull(),
		at: seconds('at').notNull(),
		state: text('state').$type<WebhookState>().notNull().default('waiting'),
		tries: integer('tries').notNull().default(0),
		/** Not before then. */
		nextAt: seconds('next_at').notNull(),
		/** What the receiver answered last, or why there was no answer. */
		status: integer('status'),
		fault: text('fault'),
		sentAt: seconds('sent_at')
	},
	(table) => [
		primaryKey({ columns: [table.customerId, table.endpointId, table.eventId] }),
		index('webhook_delivery_due')
			.on(table.nextAt)
			.where(sql`${table.state} = 'waiting'`),
		index('webhook_delivery_newest').on(table.at, table.eventId)
	]
);
