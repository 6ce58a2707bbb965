/**
 * Who this hub is, the keys that it has signed with, and the log of what was done.
 *
 * @module
 */
import { bigint, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { AuditAction, AuditFacts } from '#lib/domain/audit/audit.ts';
import type { StoredFace } from '#lib/protocol/face.ts';
import { customerId, seconds } from './columns.ts';

/** One row: who this hub is to its desks. A restored hub has another epoch. [SY6] */
export const hubTable = pgTable('hub', {
	id: text('id').primaryKey(),
	epoch: text('epoch').notNull(),
	createdAt: seconds('created_at').notNull(),
	/** No time beyond it was told, and a leap that nobody has confirmed. [CL3] */
	timeLast: seconds('time_last'),
	leapFrom: seconds('leap_from'),
	leapTo: seconds('leap_to'),
	/** How the vendor appears to people; absent where it never said. [VF1] */
	face: jsonb('face').$type<StoredFace>()
});

/** Hub keys, current and retired, as their root-signed tokens. Files name them by `kid`. [FI1] */
export const hubKeys = pgTable('hub_key', {
	kid: text('kid').primaryKey(),
	token: text('token').notNull(),
	createdAt: seconds('created_at').notNull()
});

/** What was done, chained per customer: see `domain/audit.ts`. Only ever appended to. [AU1] */
export const audit = pgTable(
	'audit',
	{
		customerId: customerId(),
		n: bigint('n', { mode: 'number' }).notNull(),
		prev: text('prev').notNull(),
		hash: text('hash').notNull(),
		at: seconds('at').notNull(),
		actor: text('actor').notNull(),
		action: text('action').$type<AuditAction>().notNull(),
		subject: text('subject').notNull(),
		facts: jsonb('facts').$type<AuditFacts>().notNull()
	},
	(table) => [primaryKey({ columns: [table.customerId, table.n] })]
);
