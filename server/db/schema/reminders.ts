/**
 * What people are told in time, and whether they want to be; and the addresses of their calendars. A person looks after licenses of many
 * customers and is written one letter: like the tables of sign-in, these are of no customer. [P12]
 *
 * @module
 */
import { integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Reminder, ReminderKind } from '#lib/domain/licenses/reminder.ts';
import type { Language } from '#lib/messages/words/message.ts';
import { customerId, seconds } from './columns.ts';
import { user } from './people.ts';

export const remindedPeople = pgTable('reminded_person', {
	userId: text('user_id')
		.primaryKey()
		.references(() => user.id, { onDelete: 'cascade' }),
	/** What they do not want to be told of. */
	off: jsonb('off').$type<ReminderKind[]>().notNull().default([]),
	/** Of the letters. */
	language: text('language').$type<Language>().notNull().default('en'),
	/** The day of UTC, counted from 1970, on which they were last written to. */
	toldOn: integer('told_on')
});

/** What somebody was told of a license: each once. */
export const reminders = pgTable(
	'reminder',
	{
		userId: text('user_id')
			.notNull()
			.references(() => user.id, { onDelete: 'cascade' }),
		customerId: customerId(),
		licenseId: text('license_id').notNull(),
		about: text('about').$type<Reminder['about']>().notNull(),
		/** The end, the number of seats, or the last refusal. */
		at: seconds('at').notNull(),
		step: integer('step').notNull()
	},
	(table) => [
		primaryKey({
			columns: [table.userId, table.customerId, table.licenseId, table.about, table.at, table.step]
		})
	]
);

/** Where somebody's calendar program reads the ends of their licenses: a secret, hashed. [P13] */
export const calendarAddresses = pgTable('calendar_address', {
	userId: text('user_id')
		.primaryKey()
		.references(() => user.id, { onDelete: 'cascade' }),
	secretHash: text('secret_hash').notNull().unique(),
	/** Of the calendar. */
	language: text('language').$type<Language>().notNull(),
	madeAt: seconds('made_at').notNull()
});
