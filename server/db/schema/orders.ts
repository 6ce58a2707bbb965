/**
 * What stores have told of: purchases, what each of their lines made, and the events that said so.
 *
 * @module
 */
import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { OrderEventState, OrderOutcome, OrderResult } from '#lib/domain/vendor/order.ts';
import type { Language } from '#lib/messages/words/message.ts';
import { customerId, seconds } from './columns.ts';

/** Purchase ID → customer: like the directory, it is asked before anybody knows the customer. [OR1] */
export const purchases = pgTable(
	'purchase',
	{
		/** The purchase ID, as the store says it. */
		id: text('id').primaryKey(),
		customerId: customerId(),
		/** The address on it, in lower case as accounts have it. */
		address: text('address').notNull(),
		/** Of letters to that address. */
		language: text('language').$type<Language>().notNull(),
		/** Hub time at which it was first heard of. */
		placedAt: seconds('placed_at').notNull(),
		/**
		 * Since when whoever proved the address is a member by it. By the same purchase nobody joins
		 * again without a fresh code, so that whoever an owner removed stays out. [P1]
		 */
		joinedAt: seconds('joined_at')
	},
	(table) => [
		index('purchase_address').on(table.address),
		index('purchase_customer').on(table.customerId, table.id)
	]
);

/** Lines that were carried out: each once, for ever. [OR1] */
export const orderLines = pgTable(
	'order_line',
	{
		customerId: customerId(),
		purchaseId: text('purchase_id').notNull(),
		lineId: text('line_id').notNull(),
		/** The license that it made, or that it changed. */
		licenseId: text('license_id').notNull(),
		outcome: text('outcome').$type<OrderOutcome>().notNull(),
		/** The line as JSON with sorted keys: the same line with other content is refused. */
		content: text('content').notNull(),
		doneAt: seconds('done_at').notNull(),
		/** Its license was suspended then. */
		refundedAt: seconds('refunded_at')
	},
	(table) => [
		primaryKey({ columns: [table.customerId, table.purchaseId, table.lineId] }),
		index('order_line_license').on(table.customerId, table.licenseId)
	]
);

/** What was received and signed well. The hub's own: whose it is, is found while it is carried out. */
export const orderEvents = pgTable(
	'order_event',
	{
		/** `webhook-id`: the same again is the same event. */
		id: text('id').primaryKey(),
		type: text('type').notNull(),
		/** Absent where not even that could be read of it. */
		purchaseId: text('purchase_id'),
		/** As it was received. */
		body: text('body').notNull(),
		state: text('state').$type<OrderEventState>().notNull(),
		/** What was answered, where it is done. */
		result: jsonb('result').$type<OrderResult>(),
		/** Why it is not done. */
		code: text('code'),
		facts: jsonb('facts').$type<Record<string, unknown>>(),
		tries: integer('tries').notNull(),
		receivedAt: seconds('received_at').notNull(),
		triedAt: seconds('tried_at').notNull()
	},
	(table) => [
		index('order_event_newest').on(table.receivedAt, table.id),
		index('order_event_purchase').on(table.purchaseId),
		index('order_event_failed')
			.on(table.receivedAt)
			.where(sql`${table.state} = 'failed'`)
	]
);

/** What stores sign events with. Several at once, so that one can follow another. */
export const orderSecrets = pgTable('order_secret', {
	id: text('id').primaryKey(),
	/** What people call it: the store, as a rule. */
	name: text('name').notNull(),
	/** Sealed, `whsec_` and all. */
	sealed: text('sealed').notNull(),
	createdAt: seconds('created_at').notNull(),
	createdBy: text('created_by').notNull(),
	/** When an event that it had signed was last carried out. */
	usedAt: seconds('used_at')
});
