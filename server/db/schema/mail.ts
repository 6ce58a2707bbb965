/**
 * Mail as rows: written in the transaction that wants it, sent by a job, kept with what became of it.
 *
 * @module
 */
import { index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { seconds } from './columns.ts';

export const mails = pgTable(
	'mail',
	{
		id: text('id').primaryKey(),
		/** One address. */
		to: text('to').notNull(),
		/** Which template wrote it. */
		kind: text('kind').notNull(),
		subject: text('subject').notNull(),
		text: text('text').notNull(),
		html: text('html').notNull(),
		/** `failed`: given up after the last try. */
		state: text('state').$type<'waiting' | 'sent' | 'failed'>().notNull().default('waiting'),
		tries: integer('tries').notNull().default(0),
		/** Not before then. */
		nextAt: seconds('next_at').notNull(),
		/** What the server said last. */
		fault: text('fault'),
		createdAt: seconds('created_at').notNull(),
		sentAt: seconds('sent_at')
	},
	(table) => [index('mail_next').on(table.state, table.nextAt)]
);
