/**
 * The hub's ledger: what was issued, asked and granted.
 *
 * Every table of a customer has `customer_id` first in its keys, and every query names it, so that
 * PostgreSQL can be partitioned by customer. `directory` is the one global lookup; the catalog, the
 * hub's own rows, the outboxes (which belong to people, not to customers) and sign-in are exempt.
 * Ids are UUIDv7 made by the hub or its clients, never sequences. Rows that desks mirror carry the
 * `revision` at which they last changed. [SY4]
 *
 * @module
 */
import { sql } from 'drizzle-orm';
import {
	bigint,
	boolean,
	check,
	index,
	integer,
	jsonb,
	pgTable,
	primaryKey,
	text,
	unique
} from 'drizzle-orm/pg-core';
import type { Terms } from '#lib/domain/license.ts';
import type { Fingerprint } from '#lib/domain/machine.ts';
import type { Refusal } from '#lib/domain/refusal.ts';

/** NumericDate seconds, as everywhere else. */
const seconds = (name: string) => bigint(name, { mode: 'number' });
const revision = () => bigint('revision', { mode: 'number' }).notNull();
const customerId = () => text('customer_id').notNull();

/** One row: who this hub is to its desks. A restored hub has another epoch. [SY6] */
export const hub = pgTable('hub', {
	id: text('id').primaryKey(),
	epoch: text('epoch').notNull(),
	createdAt: seconds('created_at').notNull()
});

/** Hub keys, current and retired, as their root-signed tokens. Files name them by `kid`. [FI1] */
export const hubKeys = pgTable('hub_key', {
	kid: text('kid').primaryKey(),
	token: text('token').notNull(),
	createdAt: seconds('created_at').notNull()
});

export const products = pgTable('product', {
	slug: text('slug').primaryKey(),
	title: text('title').notNull(),
	/** A product for site servers, whose license says how many clients may connect. */
	isServer: boolean('is_server').notNull().default(false),
	/** Where a person asks the vendor. */
	contact: text('contact').notNull(),
	entitlements: jsonb('entitlements').$type<string[]>().notNull()
});

/** `customer_id` is the id of the organization whose members may see it. */
export const customers = pgTable('customer', {
	customerId: text('customer_id').primaryKey(),
	name: text('name').notNull(),
	revision: revision().default(0),
	createdAt: seconds('created_at').notNull()
});

/** License number or license id → customer: the only global lookup. */
export const directory = pgTable('directory', {
	key: text('key').primaryKey(),
	customerId: customerId(),
	licenseId: text('license_id').notNull()
});

export const licenses = pgTable(
	'license',
	{
		customerId: customerId(),
		licenseId: text('license_id').notNull(),
		number: text('number').notNull(),
		product: text('product').notNull(),
		terms: jsonb('terms').$type<Terms>().notNull(),
		seats: integer('seats').notNull(),
		active: integer('active').notNull().default(0),
		reserved: integer('reserved').notNull().default(0),
		cooling: integer('cooling').notNull().default(0),
		/** max(seats, used): no grant raises it, only lowering seats or a fact does. [SE4] */
		ceiling: integer('ceiling').notNull(),
		expiresAt: seconds('expires_at'),
		suspendedAt: seconds('suspended_at'),
		fileDays: integer('file_days'),
		/** The license key, sealed: a dump carries no secret. */
		sealedKey: text('sealed_key').notNull(),
		/** The key's `sec`, sealed, for proofs. [RE2] */
		sealedSecret: text('sealed_secret').notNull(),
		kid: text('kid').notNull(),
		createdAt: seconds('created_at').notNull(),
		revision: revision()
	},
	(table) => [
		primaryKey({ columns: [table.customerId, table.licenseId] }),
		index('license_revision').on(table.customerId, table.revision),
		check(
			'license_counts',
			sql`${table.active} >= 0 and ${table.reserved} >= 0 and ${table.cooling} >= 0 and ${table.seats} >= 0`
		),
		check(
			'license_never_oversold',
			sql`${table.active} + ${table.reserved} + ${table.cooling} <= ${table.ceiling}`
		)
	]
);

export const activations = pgTable(
	'activation',
	{
		customerId: customerId(),
		act: text('act').notNull(),
		licenseId: text('license_id').notNull(),
		/** `active` only, until seats can be given back. */
		state: text('state').notNull(),
		gen: integer('gen').notNull(),
		fp: jsonb('fp').$type<Fingerprint>().notNull(),
		/** Thumbprint of the key that the machine itself made for its first request. [SE5] */
		jkt: text('jkt').notNull(),
		held: text('held'),
		label: text('label'),
		name: text('name').notNull(),
		grantedAt: seconds('granted_at').notNull(),
		expiresAt: seconds('expires_at'),
		/** `jti` of the newest request. */
		request: text('request').notNull(),
		revision: revision()
	},
	(table) => [
		primaryKey({ columns: [table.customerId, table.act] }),
		index('activation_license').on(table.customerId, table.licenseId),
		index('activation_revision').on(table.customerId, table.revision)
	]
);

/** Finds a machine by any of its components, however long the ledger is. */
export const activationComponents = pgTable(
	'activation_component',
	{
		customerId: customerId(),
		licenseId: text('license_id').notNull(),
		hash: text('hash').notNull(),
		act: text('act').notNull()
	},
	(table) => [primaryKey({ columns: [table.customerId, table.licenseId, table.hash, table.act] })]
);

/** Activation files as they were signed. Stored, never made again. [FI1] */
export const activationFiles = pgTable(
	'activation_file',
	{
		customerId: customerId(),
		jti: text('jti').notNull(),
		act: text('act').notNull(),
		gen: integer('gen').notNull(),
		request: text('request').notNull(),
		kid: text('kid').notNull(),
		token: text('token').notNull(),
		signedAt: seconds('signed_at').notNull()
	},
	(table) => [
		primaryKey({ columns: [table.customerId, table.jti] }),
		unique('activation_generation').on(table.customerId, table.act, table.gen)
	]
);

/** Activation requests and what became of them, keyed by the request's `jti`. [RE1] */
export const requests = pgTable(
	'request',
	{
		customerId: customerId(),
		request: text('request').notNull(),
		licenseId: text('license_id').notNull(),
		state: text('state').$type<'granted' | 'refused'>().notNull(),
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
		index('request_revision').on(table.customerId, table.revision)
	]
);

/** One per desk database. A forked one takes no more commands. [SY2] */
export const outboxes = pgTable('outbox', {
	outbox: text('outbox').primaryKey(),
	userId: text('user_id').notNull(),
	forkedAt: seconds('forked_at'),
	createdAt: seconds('created_at').notNull()
});

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
	(table) => [primaryKey({ columns: [table.outbox, table.n] }), unique('command_id').on(table.id)]
);
