/**
 * Rows by many keys at once: one parameter, however many there are, so that a statement is as short,
 * as quickly made and as quickly planned for a thousand as for one.
 *
 * @module
 */
import { sql, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';

export function among<C extends PgColumn>(column: C, values: readonly C['_']['data'][]): SQL {
	const type = sql.raw(column.getSQLType());
	return sql`${column} = any(${sql.param([...values])}::${type}[])`;
}
