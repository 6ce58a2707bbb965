/**
 * Releases of products and their files: the catalog's, of no customer. What was released is never deleted.
 *
 * @module
 */
import { bigint, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { Platform } from '#lib/domain/vendor/release.ts';
import { seconds } from './columns.ts';

export const releases = pgTable(
	'release',
	{
		product: text('product').notNull(),
		version: text('version').notNull(),
		/** What maintenance is compared with. */
		releasedAt: seconds('released_at').notNull(),
		notes: text('notes').notNull().default(''),
		/** Codes that a license must have to run it. */
		entitlements: jsonb('entitlements').$type<string[]>().notNull().default([]),
		withdrawnAt: seconds('withdrawn_at'),
		createdAt: seconds('created_at').notNull()
	},
	(table) => [primaryKey({ columns: [table.product, table.version] })]
);

export const releaseFiles = pgTable(
	'release_file',
	{
		product: text('product').notNull(),
		version: text('version').notNull(),
		id: text('id').notNull(),
		platform: text('platform').$type<Platform>().notNull(),
		name: text('name').notNull(),
		/** Bytes. */
		size: bigint('size', { mode: 'number' }).notNull(),
		/** In hexadecimal; also its name in the hub's folder, where it has no `url`. */
		sha256: text('sha256').notNull(),
		url: text('url'),
		createdAt: seconds('created_at').notNull()
	},
	(table) => [
		primaryKey({ columns: [table.product, table.version, table.id] }),
		uniqueIndex('release_file_name').on(table.product, table.version, table.name)
	]
);
