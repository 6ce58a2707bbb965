/**
 * Reading very many rows: the same values as the query builder gives, which looks at each column of each row anew and
 * takes a third of all that a page of a pull costs the hub.
 *
 * @module
 */
import { Column, is, sql, type GetColumnData, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Database } from './database.ts';

type Columns = Record<string, PgColumn | SQL>;

type RowOf<C extends Columns> = {
	[Name in keyof C]: C[Name] extends PgColumn
		? GetColumnData<C[Name]>
		: C[Name] extends SQL<infer Value>
			? Value
			: C[Name] extends PgColumn | SQL<infer Value>
				? Value
				: never;
};

/**
 * @param columns - As the rows are to call them.
 * @param rest - What comes after them in the statement.
 */
export async function readMany<C extends Columns>(
	db: Database,
	columns: C,
	rest: SQL
): Promise<RowOf<C>[]> {
	const all = Object.entries(columns);
	const named = all.map(([name, column]) => sql`${column} as ${sql.identifier(name)}`);
	const found = await db.execute(sql`select ${sql.join(named, sql`, `)} ${rest}`);
	// Sound: the columns are called so, and are read below as the query builder reads them.
	const { rows } = found as { rows: Record<string, unknown>[] };
	const read = all.flatMap(([name, column]) =>
		is(column, Column) && column.mapFromDriverValue !== Column.prototype.mapFromDriverValue
			? { name, column }
			: []
	);
	for (const row of rows)
		for (const { name, column } of read)
			if (row[name] !== null) row[name] = column.mapFromDriverValue(row[name]);
	return rows as RowOf<C>[];
}
