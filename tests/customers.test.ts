/** Whose each table is. */
import { join, resolve } from 'node:path';
import { is } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import { expect, test } from 'vitest';
import { catalogTables, customerTables, momentTables } from '#server/db/schema/tables.ts';
import { sourcesUnder } from './architecture-imports.ts';

const root = resolve(import.meta.dirname, '..');
const namesOf = (tables: readonly PgTable[]) => tables.map((table) => getTableConfig(table).name);

test('[DB1] every table is in one of the lists', async () => {
	const modules = await Promise.all(
		sourcesUnder('server/db/schema').map(
			async (file) => (await import(join(root, file))) as Record<string, unknown>
		)
	);
	const all = new Set(modules.flatMap(Object.values<unknown>).filter((each) => is(each, PgTable)));
	const listed = [...customerTables, ...catalogTables, ...momentTables];
	expect(namesOf(listed).toSorted()).toEqual(namesOf([...all]).toSorted());
});

test.each(customerTables.map((table) => getTableConfig(table)))(
	"[DB1] the key of a customer's table begins with the customer: $name",
	({ columns, primaryKeys }) => {
		const alone = columns.filter(({ primary }) => primary);
		const [first] = primaryKeys.flatMap((key) => key.columns).concat(alone);
		expect(first).toMatchObject({ name: 'customer_id', notNull: true });
	}
);
