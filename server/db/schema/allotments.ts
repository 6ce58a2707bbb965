/**
 * Seats set aside for desks, and what desks made of them.
 *
 * @module
 */
import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { AllotmentState, DrawState } from '#lib/domain/seats/allotment.ts';
import { customerId, revision, seconds } from './columns.ts';

/** Blocks of seats set aside for desks, as they were signed. [AL1] */
export const allotments = pgTable(
	'allotment',
	{
		customerId: customerId(),
		/** `jti` of its token, which is the id of the command that asked for it. */
		allotment: text('allotment').notNull(),
		licenseId: text('license_id').notNull(),
		/** The desk that draws from it: its outbox, and the thumbprint of its key. */
		outbox: text('outbox').notNull(),
		jkt: text('jkt').notNull(),
		userId: text('user_id').notNull(),
		/** What people call the desk. */
		desk: text('desk').notNull(),
		max: integer('max').notNull(),
		/** Slots whose seats are still set aside: neither drawn nor given back. */
		reserved: integer('reserved').notNull(),
		state: text('state').$type<AllotmentState>().notNull(),
		/** Ends issuing, and binds the desk only. */
		issueUntil: seconds('issue_until').notNull(),
		/** When every file drawn from it ends. */
		filesUntil: seconds('files_until').notNull(),
		/** Slots that its close names as drawn. */
		drawn: jsonb('drawn').$type<number[]>(),
		closeToken: text('close_token'),
		/** Who ended it or wrote it off, and why. */
		endedBy: text('ended_by'),
		reason: text('reason'),
		endedAt: seconds('ended_at'),
		kid: text('kid').notNull(),
		token: text('token').notNull(),
		createdAt: seconds('created_at').notNull(),
		revision: revision()
	},
	(table) => [
		primaryKey({ columns: [table.customerId, table.allotment] }),
		index('allotment_license').on(table.customerId, table.licenseId, table.state),
		index('allotment_revision').on(table.customerId, table.revision),
		index('allotment_id').on(table.allotment),
		index('allotment_desk').on(table.jkt),
		index('allotment_due')
			.on(table.filesUntil)
			.where(sql`${table.reserved} > 0 or ${table.state} in ('open', 'frozen')`),
		check('allotment_reserved', sql`${table.reserved} >= 0 and ${table.reserved} <= ${table.max}`)
	]
);

/** Activations that desks made from slots, keyed by their `jti`, each as it was signed. [AL4, AL5] */
export const draws = pgTable(
	'draw',
	{
		customerId: customerId(),
		jti: text('jti').notNull(),
		allotment: text('allotment').notNull(),
		slot: integer('slot').notNull(),
		/** `act` as the file says it: `<allotment>.<slot>`. */
		drawnAct: text('drawn_act').notNull(),
		/** The activation it counts as: its own, the one it joined, or an overage's. */
		act: text('act').notNull(),
		state: text('state').$type<DrawState>().notNull(),
		gen: integer('gen').notNull(),
		request: text('request').notNull(),
		jkt: text('jkt').notNull(),
		kid: text('kid').notNull(),
		token: text('token').notNull(),
		recordedAt: seconds('recorded_at').notNull()
	},
	(table) => [
		primaryKey({ columns: [table.customerId, table.jti] }),
		index('draw_slot').on(table.customerId, table.allotment, table.slot),
		index('draw_act').on(table.customerId, table.act)
	]
);
