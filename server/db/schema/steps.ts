/**
 * What spans customers: each customer's part of it is a step, left by the transaction that decides it, beside
 * what that writes, and taken in the customer's own. Whoever leaves some takes them right after; a job takes
 * what a hub that was killed has left. [DB1]
 *
 * @module
 */
import { index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { AuditNote } from '#lib/domain/audit/audit.ts';
import { customerId, seconds } from './columns.ts';
import type { licenses } from './ledger.ts';

export type StepTask =
	/** What was done is noted. */
	| { kind: 'note'; note: AuditNote }
	| ArriveTask
	/** The row of a license that has arrived elsewhere goes. */
	| { kind: 'leave'; licenseId: string }
	/** Seats arrive at a license. [SE7] */
	| { kind: 'seats'; licenseId: string; seats: number };

/** A license arrives. [SE7] */
export type ArriveTask = {
	kind: 'arrive';
	license: typeof licenses.$inferInsert;
	/** Whose it was, and whether its row there goes after it. */
	from: string;
	leaves: boolean;
	actor: string;
	/** The hub's: one that was restored since has promised what it does not know of. [SY6] */
	epoch: string;
};

/** Left by a transaction of the catalog. */
export const steps = pgTable(
	'step',
	{
		id: text('id').primaryKey(),
		/** What it is a step of. */
		transfer: text('transfer').notNull(),
		/** In whose transaction it is taken. */
		customerId: customerId(),
		task: jsonb('task').$type<StepTask>().notNull()
	},
	(table) => [index('step_transfer').on(table.transfer)]
);

/** Left by a transaction of the customer. */
export const customerSteps = pgTable(
	'customer_step',
	{
		customerId: customerId(),
		id: text('id').notNull(),
		/** What it is a step of. */
		transfer: text('transfer').notNull(),
		/** In whose transaction it is taken. */
		to: text('sent_to').notNull(),
		task: jsonb('task').$type<StepTask>().notNull()
	},
	(table) => [primaryKey({ columns: [table.customerId, table.id] })]
);

/**
 * Steps that the customer has taken, so that none is taken again by whoever has not heard that it was: they go
 * from where they were left in a transaction of its own. Kept for 400 days after that.
 */
export const takenSteps = pgTable(
	'taken_step',
	{
		customerId: customerId(),
		id: text('id').notNull(),
		/** When it was, or was last found to be. */
		takenAt: seconds('taken_at').notNull()
	},
	(table) => [primaryKey({ columns: [table.customerId, table.id] })]
);
