/**
 * Attaching licenses that somebody knows of: who asked for what, the codes that were mailed for it, and
 * how often it was tried. It is asked before anybody knows whose they are: like the tables of sign-in,
 * these are of no customer. [AT1]
 *
 * @module
 */
import { index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import type { Language } from '#lib/messages/words/message.ts';
import { seconds } from './columns.ts';
import { user } from './people.ts';

export const attachAsks = pgTable(
	'attach_ask',
	{
		id: text('id').primaryKey(),
		/** Who asked: the codes are theirs alone. */
		userId: text('user_id')
			.notNull()
			.references(() => user.id, { onDelete: 'cascade' }),
		/** License numbers and purchase IDs as they were typed, known or not. */
		things: jsonb('things').$type<string[]>().notNull(),
		/** Of the letters. */
		language: text('language').$type<Language>().notNull(),
		/** Wrong codes that were entered for it. */
		tries: integer('tries').notNull().default(0),
		/** When its codes were put down to be mailed; absent until then. */
		settledAt: seconds('settled_at'),
		expiresAt: seconds('expires_at').notNull()
	},
	(table) => [
		index('attach_ask_user').on(table.userId),
		index('attach_ask_settled').on(table.settledAt),
		index('attach_ask_expires').on(table.expiresAt)
	]
);

/** One for each address. */
export const attachCodes = pgTable(
	'attach_code',
	{
		id: text('id').primaryKey(),
		askId: text('ask_id')
			.notNull()
			.references(() => attachAsks.id, { onDelete: 'cascade' }),
		email: text('email').notNull(),
		/** Sealed: without it nobody who reads the table finds the eight digits by trying all. */
		salt: text('salt').notNull(),
		/** SHA-256 of salt and code. */
		codeHash: text('code_hash').notNull(),
		/** When it was entered; what follows from it is done, or is done again after a kill. */
		provenAt: seconds('proven_at'),
		/** Good once. */
		doneAt: seconds('done_at')
	},
	(table) => [
		index('attach_code_ask').on(table.askId),
		index('attach_code_proven').on(table.provenAt)
	]
);

/** What was tried how often. In the database, so that neither a restart nor a second hub forgets it. */
export const attachLimits = pgTable(
	'attach_limit',
	{
		/** SHA-256 of what is counted and of what or whom. */
		key: text('key').primaryKey(),
		count: integer('count').notNull(),
		/** It begins anew then. */
		until: seconds('until').notNull()
	},
	(table) => [index('attach_limit_until').on(table.until)]
);
