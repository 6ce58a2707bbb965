/**
 * The outboxes of desks, and which commands they have brought. They belong to people and not to customers,
 * so no key of theirs begins with one. What became of a command is its customer's. [DB1]
 *
 * @module
 */
import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { Refusal } from '#lib/domain/refusal.ts';
import { customerId, seconds } from './columns.ts';
import { session } from './people.ts';

/** One per desk database: a device, with the sessions that used it. A forked or ended one takes no more commands. [SY2, DV1] */
export const outboxes = pgTable(
	'outbox',
	{
		outbox: text('outbox').primaryKey(),
		userId: text('user_id').notNull(),
		/** Thumbprint of the desk's key: once it is here, every push must be signed by it. [SY9] */
		jkt: text('jkt'),
		/** What people call the desk. */
		desk: text('desk'),
		forkedAt: seconds('forked_at'),
		/** Ended by its person, an owner or staff, and who did it. [DV1] */
		endedAt: seconds('ended_at'),
		endedBy: text('ended_by'),
		/** When it was last heard of, an hour or so exactly. */
		seenAt: seconds('seen_at'),
		/** The hub's epoch that the desk has last told all it holds to, and when. [SY6] */
		reportedEpoch: text('reported_epoch'),
		reportedAt: seconds('reported_at'),
		createdAt: seconds('created_at').notNull()
	},
	(table) => [
		index('outbox_user').on(table.userId),
		index('outbox_over')
			.on(table.jkt)
			.where(sql`${table.forkedAt} is not null or ${table.endedAt} is not null`)
	]
);

/** Which sessions used which device: they end with it. [DV1] */
export const outboxSessions = pgTable(
	'outbox_session',
	{
		outbox: text('outbox')
			.notNull()
			.references(() => outboxes.outbox, { onDelete: 'cascade' }),
		sessionId: text('session_id')
			.notNull()
			.references(() => session.id, { onDelete: 'cascade' })
	},
	(table) => [
		primaryKey({ columns: [table.outbox, table.sessionId] }),
		index('outbox_session_session').on(table.sessionId)
	]
);

/**
 * Commands as they were claimed, before anything of their push is done: whoever brings another one under
 * the same place or id has a copied outbox. Kept for ever. [SY2]
 */
export const commands = pgTable(
	'command',
	{
		outbox: text('outbox').notNull(),
		n: integer('n').notNull(),
		id: text('id').notNull(),
		hash: text('hash').notNull(),
		/** Where its result is, or will be. Absent where another outbox has claimed it before: there it stands. */
		customerId: text('customer_id'),
		/** How often it was another customer's until then. */
		moves: integer('moves').notNull().default(0)
	},
	(table) => [
		primaryKey({ columns: [table.outbox, table.n] }),
		uniqueIndex('command_id')
			.on(table.id)
			.where(sql`${table.customerId} is not null`)
	]
);

/** What became of commands, stored with their effect: the same id again gets the same answer. [SY2] */
export const commandResults = pgTable(
	'command_result',
	{
		customerId: customerId(),
		id: text('id').notNull(),
		/**
		 * Not settled here: up to so many moves of its claim it was passed on to another customer, because
		 * its license had moved there. Whoever is late with an older claim finds that.
		 */
		passed: integer('passed'),
		/** The request that it brought; absent where nothing could be read, or found. */
		request: text('request'),
		refusal: jsonb('refusal').$type<Refusal>(),
		/** The answer as it was given: a refused request may get another one later. [RE1] */
		kid: text('kid'),
		token: text('token'),
		settledAt: seconds('settled_at').notNull()
	},
	(table) => [
		primaryKey({ columns: [table.customerId, table.id] }),
		// Offline seats that were asked for and not set aside: people are told of them. [P12]
		index('command_result_no_seat')
			.on(table.customerId, table.settledAt)
			.where(sql`${table.request} is null and ${table.refusal}->>'refused' = 'SEAT_LIMIT_REACHED'`)
	]
);
