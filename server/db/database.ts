/**
 * What the code works with, whichever driver is behind it.
 *
 * @module
 */
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';

/** What both drivers have in common. */
export type Database = PgDatabase<PgQueryResultHKT>;

/** Inside a transaction use only this: the embedded database deadlocks on its root handle. */
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];
