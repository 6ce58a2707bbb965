import { sql, type SQL } from 'drizzle-orm';

/** `set column = excluded.column` for each, by the names that the database has. */
export function fromNew(columns: readonly string[]): Record<string, SQL> {
	const camel = (name: string) =>
		name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
	return Object.fromEntries(
		columns.map((column) => [camel(column), sql.raw(`excluded."${column}"`)])
	);
}
