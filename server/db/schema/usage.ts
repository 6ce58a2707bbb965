/**
 * Use, as site servers report it. [US3]
 *
 * @module
 */
import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { customerId, seconds } from './columns.ts';

/** Site servers that have reported their use of a product, as the newest report says it. [US3] */
export const usageSites = pgTable(
	'usage_site',
	{
		customerId: customerId(),
		/** Thumbprint of the machine key that signs: it stays when name and license change. */
		jkt: text('jkt').notNull(),
		product: text('product').notNull(),
		licenseId: text('license_id').notNull(),
		site: text('site').notNull(),
		/** Allowed at once when it was signed. */
		clients: integer('clients').notNull(),
		/** By the site's clock, and never after hub time. */
		signedAt: seconds('signed_at').notNull(),
		/** Hours since 1970, UTC: the last one that any report speaks of. */
		lastHour: integer('last_hour').notNull()
	},
	(table) => [primaryKey({ columns: [table.customerId, table.jkt, table.product] })]
);

/** What they reported, by hours since 1970 in UTC, those in which something was used. [US3] */
export const usageHours = pgTable(
	'usage_hour',
	{
		customerId: customerId(),
		jkt: text('jkt').notNull(),
		product: text('product').notNull(),
		hour: integer('hour').notNull(),
		peak: integer('peak').notNull(),
		denied: integer('denied').notNull(),
		waiting: integer('waiting').notNull()
	},
	(table) => [primaryKey({ columns: [table.customerId, table.jkt, table.product, table.hour] })]
);
