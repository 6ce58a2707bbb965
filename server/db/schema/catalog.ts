/**
 * What licenses are issued of and to whom: products, customers, and the one global lookup.
 *
 * @module
 */
import { bigint, boolean, index, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import type { Entitlement, LicenseDefaults } from '#lib/protocol/catalog.ts';
import { customerId, revision, seconds } from './columns.ts';

export const products = pgTable('product', {
	slug: text('slug').primaryKey(),
	title: text('title').notNull(),
	/** A product for site servers, whose license says how many clients may connect. */
	isServer: boolean('is_server').notNull().default(false),
	/** Where a person asks the vendor. */
	contact: text('contact').notNull(),
	storeUrl: text('store_url'),
	pricingUrl: text('pricing_url'),
	entitlements: jsonb('entitlements').$type<Entitlement[]>().notNull(),
	/** What a new license begins with, where its order says nothing else. */
	defaults: jsonb('defaults').$type<LicenseDefaults>().notNull().default({}),
	/** No new licenses are issued of it. */
	archivedAt: seconds('archived_at')
});

/** `customer_id` is the id of the organization whose members may see it. */
export const customers = pgTable(
	'customer',
	{
		customerId: text('customer_id').primaryKey(),
		name: text('name').notNull(),
		/** E-mail addresses that the vendor writes to. */
		contacts: jsonb('contacts').$type<string[]>().notNull().default([]),
		/** For the vendor's eyes alone. */
		note: text('note').notNull().default(''),
		/** No new licenses are issued to it. */
		archivedAt: seconds('archived_at'),
		revision: revision().default(0),
		/** Rows went away at this revision: desks behind it replace their mirror of the customer. [SE7] */
		resetRevision: bigint('reset_revision', { mode: 'number' }).notNull().default(0),
		/** Where the customer's audit ends. [AU1] */
		auditN: bigint('audit_n', { mode: 'number' }).notNull().default(0),
		auditHash: text('audit_hash').notNull().default(''),
		createdAt: seconds('created_at').notNull()
	},
	(table) => [index('customer_name').on(table.name, table.customerId)]
);

/** Licenses that were imported, by what the vendor called them before: each is, once. [IM1] */
export const importedLicenses = pgTable('imported_license', {
	reference: text('reference').primaryKey(),
	licenseId: text('license_id').notNull()
});

/** License number or license id → customer: the only global lookup. */
export const directory = pgTable(
	'directory',
	{
		key: text('key').primaryKey(),
		customerId: customerId(),
		licenseId: text('license_id').notNull()
	},
	(table) => [index('directory_license').on(table.licenseId)]
);
