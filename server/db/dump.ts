/**
 * The whole ledger as lines of JSON, and back: the same on the embedded database and on any
 * PostgreSQL, so that one file moves a hub from one to the other.
 *
 * Sessions, one-time codes and rate limits stay out: they are secrets of the moment. What else is
 * secret in the tables is sealed or hashed there already.
 *
 * @module
 */
import { asc, getTableName, sql } from 'drizzle-orm';
import { getTableConfig } from 'drizzle-orm/pg-core';
import { customers } from './schema/catalog.ts';
import { catalogTables, customerTables } from './schema/tables.ts';
import { webhookDeliveries, webhookEndpoints } from './schema/webhooks.ts';
import type { Database, Transaction } from './database.ts';
import { isDistributed } from './distribute.ts';

const BATCH_ROWS = 500;

export type DumpLine = { table: string; rows: unknown[] };

/** Tables in an order in which their rows can be inserted again. */
export function dumpTables(): string[] {
	const all = [...catalogTables, ...customerTables].map((table) => getTableConfig(table));
	const placed: string[] = [];
	const place = ({ name, foreignKeys }: (typeof all)[number]) => {
		if (placed.includes(name)) return;
		for (const key of foreignKeys) {
			const { name: parent } = getTableConfig(key.reference().foreignTable);
			const found = all.find((each) => each.name === parent);
			if (found && parent !== name) place(found);
		}
		placed.push(name);
	};
	all.forEach(place);
	return placed;
}

type Take = (line: DumpLine) => Promise<void> | void;

/** Every row as it was at one moment, whatever is written meanwhile; on a cluster, see {@link dumpSpread}. */
export async function dump(db: Database, take: Take): Promise<void> {
	if (await isDistributed(db)) await dumpSpread(db, take);
	else await dumpAtOnce(db, dumpTables(), take);
}

/**
 * Machines have no moment in common: each customer as it was at one, and after them the catalog, which
 * knows all that they name. [DB2]
 */
async function dumpSpread(db: Database, take: Take): Promise<void> {
	const endpoints = new Set<string>();
	// The one table that a row of a customer needs to be there.
	await dumpAtOnce(db, [ENDPOINTS], async (line) => {
		for (const { id } of line.rows as { id: string }[]) endpoints.add(id);
		await take(line);
	});
	const takeKept = ({ table, rows }: DumpLine) => {
		const isKept = (row: unknown) => endpoints.has((row as { endpoint_id: string }).endpoint_id);
		return take({ table, rows: table === DELIVERIES ? rows.filter(isKept) : rows });
	};
	const own = dumpTables().filter((table) => SPREAD.has(table));
	const { customerId: id } = customers;
	const found = await db.select({ id }).from(customers).orderBy(asc(id));
	for (const customer of found) await dumpAtOnce(db, own, takeKept, customer.id);
	const rest = dumpTables().filter((table) => !SPREAD.has(table) && table !== ENDPOINTS);
	await dumpAtOnce(db, rest, take);
}

const SPREAD = new Set(customerTables.map((table) => getTableName(table)));
const ENDPOINTS = getTableName(webhookEndpoints);
const DELIVERIES = getTableName(webhookDeliveries);

async function dumpAtOnce(
	db: Database,
	tables: readonly string[],
	take: Take,
	customerId?: string
): Promise<void> {
	await db.transaction(
		async (tx) => {
			// Whoever takes the rows may be slow, and it locks nothing.
			await tx.execute(sql`set local idle_in_transaction_session_timeout = 0`);
			for (const table of tables)
				for await (const rows of rowsOf(tx, table, customerId)) await take({ table, rows });
		},
		{ isolationLevel: 'repeatable read', accessMode: 'read only' }
	);
}

async function* rowsOf(
	tx: Transaction,
	table: string,
	customerId: string | undefined
): AsyncGenerator<unknown[]> {
	const source = sql.identifier(table);
	// A cursor takes no parameter.
	const own =
		customerId === undefined ? sql`` : sql.raw(` where customer_id = ${literal(customerId)}`);
	await tx.execute(sql`declare dumped no scroll cursor for
		select to_jsonb(${source}.*) as row from ${source}${own}`);
	for (;;) {
		const fetched = await tx.execute(sql.raw(`fetch ${BATCH_ROWS} from dumped`));
		const { rows } = fetched as { rows: { row: unknown }[] };
		if (rows.length > 0) yield rows.map(({ row }) => row);
		if (rows.length < BATCH_ROWS) break;
	}
	await tx.execute(sql`close dumped`);
}

function literal(text: string): string {
	return `'${text.replaceAll("'", "''")}'`;
}

/** Inserts rows of a dump, into tables of its version that hold none. */
export async function insertDumpLine(tx: Transaction, { table, rows }: DumpLine): Promise<void> {
	if (!/^[a-z][a-z_]*$/.test(table)) throw new Error(`no table ${table}`);
	const target = sql.identifier(table);
	await tx.execute(sql`insert into ${target}
		select * from jsonb_populate_recordset(null::${target}, ${JSON.stringify(rows)}::jsonb)`);
}

/** Whether no hub has ever been here, in tables of whatever version. */
export async function isEmpty(db: Database): Promise<boolean> {
	const { rows } = (await db.execute(sql`
		select table_name as name from information_schema.tables
		where table_schema = current_schema() and table_type = 'BASE TABLE'`)) as {
		rows: { name: string }[];
	};
	for (const { name } of rows) {
		const found = await db.execute(sql`select 1 from ${sql.identifier(name)} limit 1`);
		if ((found as { rows: unknown[] }).rows.length > 0) return false;
	}
	return true;
}
