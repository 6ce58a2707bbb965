/**
 * What licenses are issued of and to whom: products, customers, and the one global lookup.
 *
 * @module
 */
import { bigint, boolean, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { customerId, revision, seconds } from './columns.ts';

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
	/** Rows went away at this revision: desks behind it replace their mirror of the customer. [SE7] */
	resetRevision: bigint('reset_revision', { mode: 'number' }).notNull().default(0),
	/** Where the customer's audit ends. [AU1] */
	auditN: bigint('audit_n', { mode: 'number' }).notNull().default(0),
	auditHash: text('audit_hash').notNull().default(''),
	createdAt: seconds('created_at').notNull()
});

/** License number or license id → customer: the only global lookup. */
export const directory = pgTable('directory', {
	key: text('key').primaryKey(),
	customerId: customerId(),
	licenseId: text('license_id').notNull()
});
