/**
 * What was asked of the ledger: requests and their answers, trials that were begun, who waits for a seat,
 * and returns that came early.
 *
 * @module
 */
import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Fingerprint } from '#lib/domain/machines/machine.ts';
import type { Refusal } from '#lib/domain/refusal.ts';
import type { RequestStanding } from '#lib/protocol/rows.ts';
import { customerId, revision, seconds } from './columns.ts';

/** Activation requests and what became of them, keyed by the request's `jti`. [RE1] */
export const requests = pgTable(
	'request',
	{
		customerId: customerId(),
		request: text('request').notNull(),
		licenseId: text('license_id').notNull(),
		state: text('state').$type<RequestStanding>().notNull(),
		/** Thumbprint of the asker's key: another asker under the same id is refused. */
		jkt: text('jkt').notNull(),
		act: text('act'),
		refusal: jsonb('refusal').$type<Refusal>(),
		/** The answer: an activation or a refusal token, and the key that signed it. */
		kid: text('kid').notNull(),
		token: text('token').notNull(),
		decidedAt: seconds('decided_at').notNull(),
		revision: revision()
	},
	(table) => [
		primaryKey({ columns: [table.customerId, table.request] }),
		index('request_revision').on(table.customerId, table.revision),
		index('request_not_granted')
			.on(table.customerId, table.decidedAt)
			.where(sql`${table.state} <> 'granted'`)
	]
);

/**
 * Machines that had a trial of a product, by each of their components: a machine has one, whoever the
 * license was issued to. Of the vendor, like the directory: it names no customer. [TR1]
 */
export const trials = pgTable(
	'trial',
	{
		product: text('product').notNull(),
		hash: text('hash').notNull(),
		act: text('act').notNull(),
		licenseId: text('license_id').notNull(),
		fp: jsonb('fp').$type<Fingerprint>().notNull(),
		startedAt: seconds('started_at').notNull()
	},
	(table) => [primaryKey({ columns: [table.product, table.hash, table.act] })]
);

/** Requests that are granted by themselves once a seat is free, the one that waits longest first. [RE1] */
export const waitingRequests = pgTable(
	'waiting_request',
	{
		customerId: customerId(),
		request: text('request').notNull(),
		licenseId: text('license_id').notNull(),
		/** The request itself. */
		token: text('token').notNull(),
		actor: text('actor').notNull(),
		since: seconds('since').notNull(),
		until: seconds('until').notNull()
	},
	(table) => [
		primaryKey({ columns: [table.customerId, table.request] }),
		index('waiting_request_license').on(table.customerId, table.licenseId, table.since)
	]
);

/** Returns that came before the activation that they end. [FI6] */
export const keptReturns = pgTable(
	'kept_return',
	{
		customerId: customerId(),
		licenseId: text('license_id').notNull(),
		act: text('act').notNull(),
		gen: integer('gen').notNull(),
		/** Thumbprint of the key that signed it. */
		jkt: text('jkt').notNull(),
		token: text('token').notNull(),
		keptAt: seconds('kept_at').notNull()
	},
	(table) => [
		primaryKey({ columns: [table.customerId, table.act, table.gen, table.jkt] }),
		index('kept_return_license').on(table.customerId, table.licenseId)
	]
);
