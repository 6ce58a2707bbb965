/**
 * What spans customers: each customer's part of it is a step, left by the transaction that decides it and
 * taken in the customer's own. Whoever leaves some takes them right after; a job takes what a hub that was
 * killed has left. [DB1]
 *
 * @module
 */
import { index, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import type { AuditNote } from '#lib/domain/audit.ts';
import { customerId } from './columns.ts';
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
