/**
 * Many rows in one parameter, as JSON: a statement is as short, as quickly made and as quickly
 * planned for five hundred rows as for one.
 *
 * @module
 */
import { getTableColumns, sql, type SQL } from 'drizzle-orm';
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';
import type { Transaction } from './database.ts';

type Row<T extends PgTable> = T['$inferSelect'];
type ColumnOf<T extends PgTable> = keyof Row<T> & string;

export async function insertRows<T extends PgTable>(
	tx: Transaction,
	...inserted: Parameters<typeof insertOf<T>>
): Promise<void> {
	for (const statement of insertOf(...inserted)) await tx.execute(statement);
}

/** Whose rows they are; absent for a table of no customer. Named beside the rows, once for all of them. [DB1] */
type Whose = { customerId?: string };

/**
 * The statement that inserts rows, where there are any. Columns that none of them has get their
 * defaults.
 *
 * @param onKnown - What is written anew of a row whose key is there already; nothing where it is
 * empty. Without it such a row is an error.
 */
export function insertOf<T extends PgTable>(
	table: T,
	rows: readonly T['$inferInsert'][],
	{ customerId, onKnown }: Whose & { onKnown?: readonly ColumnOf<T>[] } = {}
): SQL[] {
	if (rows.length === 0) return [];
	const { columns: all, keys } = shapeOf(table);
	const given = all.filter(({ field }) => rows.some((row) => field in row));
	const columns = customerId === undefined ? given : given.filter(isNotCustomer);
	const mine = customerId === undefined ? sql`` : sql`${customerId}, `;
	const names = (some: readonly Column[]) => some.map(({ name }) => name).join(', ');
	const set = columns
		.filter(({ field }) => onKnown?.includes(field))
		.map(({ name }) => `${name} = excluded.${name}`);
	const then = set.length > 0 ? `update set ${set.join(', ')}` : 'nothing';
	const conflict = onKnown ? `on conflict (${names(keys)}) do ${then}` : '';
	const into = customerId === undefined ? names(columns) : `customer_id, ${names(columns)}`;
	const insert = sql`
		insert into ${table} (${sql.raw(into)})
		select ${mine}new.* from ${recordset(columns, rows)} ${sql.raw(conflict)}`;
	return [insert];
}

/** The statement that writes `set` of a customer's rows that are there, where there are any. */
export function updateOf<T extends PgTable>(
	table: T,
	rows: readonly Partial<Row<T>>[],
	{ customerId, set }: { customerId: string; set: readonly ColumnOf<T>[] }
): SQL[] {
	if (rows.length === 0) return [];
	const { columns, keys: all } = shapeOf(table);
	const keys = all.filter(isNotCustomer);
	const changed = columns.filter(({ field }) => set.includes(field));
	const equal = ({ name, field }: Column) => `${name} = new."${field}"`;
	const same = keys.map((key) => `old.${equal(key)}`);
	const update = sql`
		update ${table} as old set ${sql.raw(changed.map(equal).join(', '))}
		from ${recordset([...keys, ...changed], rows)}
		where old.customer_id = ${customerId} and ${sql.raw(same.join(' and '))}`;
	return [update];
}

function isNotCustomer({ name }: Column): boolean {
	return name !== 'customer_id';
}

/** A column as the code names it, as the database does, and its type there. */
type Column = { field: string; name: string; type: string };
type Shape = { columns: Column[]; keys: Column[] };

const shapes = new Map<PgTable, Shape>();

function shapeOf(table: PgTable): Shape {
	const known = shapes.get(table);
	if (known) return known;
	const all = Object.entries(getTableColumns(table));
	const composed = getTableConfig(table).primaryKeys.flatMap((key) => key.columns);
	const keyed = new Set(
		[...composed, ...all.map(([, column]) => column).filter(({ primary }) => primary)].map(
			({ name }) => name
		)
	);
	const columns = all.map(([field, column]) => ({
		field,
		name: column.name,
		type: column.getSQLType()
	}));
	const shape = { columns, keys: columns.filter(({ name }) => keyed.has(name)) };
	shapes.set(table, shape);
	return shape;
}

/** These columns of the rows as a table `new`, called as in the code. */
function recordset(columns: readonly Column[], rows: readonly object[]): SQL {
	const types = columns.map(({ field, type }) => `"${field}" ${type}`).join(', ');
	const wanted = jsonOf(columns, rows, ({ field }) => field);
	return sql`json_to_recordset(${wanted}::json) as new(${sql.raw(types)})`;
}

/** Written by hand: of each row only what is asked for, and no copy of it. Names need no escapes. */
function jsonOf(
	columns: readonly Column[],
	rows: readonly object[],
	called: (column: Column) => string
): string {
	const names = columns.map((column) => [column.field, `"${called(column)}":`] as const);
	let wanted = '';
	for (const row of rows) {
		let fields = '';
		for (const [field, name] of names) {
			const value = jsonText(row[field as keyof typeof row]);
			if (value !== undefined) fields += (fields && ',') + name + value;
		}
		wanted += `${wanted && ','}{${fields}}`;
	}
	return `[${wanted}]`;
}

/** Nothing where it is absent, or null: to the database both are the same. */
function jsonText(value: unknown): string | undefined {
	if (value === null || value === undefined) return undefined;
	if (typeof value === 'number' && Number.isInteger(value)) return String(value);
	return JSON.stringify(value);
}

/** Whole rows as the database names their columns, for one of its functions; what is absent is null. */
export function rowsText<T extends PgTable>(table: T, rows: readonly Partial<Row<T>>[]): string {
	return jsonOf(shapeOf(table).columns, rows, ({ name }) => name);
}

/** The same back, as a function of the database made them. */
export function rowsFrom<T extends PgTable>(
	table: T,
	rows: readonly Record<string, unknown>[]
): Row<T>[] {
	const { columns } = shapeOf(table);
	return rows.map(
		(row) => Object.fromEntries(columns.map(({ name, field }) => [field, row[name]])) as Row<T>
	);
}
