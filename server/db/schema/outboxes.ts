/**
 * The outboxes of desks, and what became of their commands. They belong to people and not to customers,
 * so no key of theirs begins with one.
 *
 * @module
 */
import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import type { Refusal } from '#lib/domain/refusal.ts';
import { seconds } from './columns.ts';
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

/** Commands with their stored results: the same id again gets the same answer. [SY2] */
export const commands = pgTable(
	'command',
	{
		outbox: text('outbox').notNull(),
		n: integer('n').notNull(),
		id: text('id').notNull(),
		hash: text('hash').notNull(),
		/** The request that it brought, and whose; absent where nothing could be read, or found. */
		customerId: text('customer_id'),
		request: text('request'),
		refusal: jsonb('refusal').$type<Refusal>(),
		/** The answer as it was given: a refused request may get another one later. [RE1] */
		kid: text('kid'),
		token: text('token'),
		settledAt: seconds('settled_at').notNull()
	},
	(table) => [
		primaryKey({ columns: [table.outbox, table.n] }),
		unique('command_id').on(table.id),
		// Offline seats that were asked for and not set aside: people are told of them. [P12]
		index('command_no_seat')
			.on(table.customerId, table.settledAt)
			.where(sql`${table.request} is null and ${table.refusal}->>'refused' = 'SEAT_LIMIT_REACHED'`)
	]
);
