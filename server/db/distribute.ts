/**
 * A store that is spread over the machines of a Citus cluster: customers' tables by customer, so that all
 * rows of one are on one machine; what a grant reads besides, a copy on each; the rest of the catalog on the
 * coordinator. [DB2]
 *
 * @module
 */
import { getTableName, sql } from 'drizzle-orm';
import { Fault } from '#server/fault.ts';
import type { Database, Transaction } from './database.ts';
import { directory, products } from './schema/catalog.ts';
import { hubKeys } from './schema/hub.ts';
import { customerTables } from './schema/tables.ts';
import { webhookEndpoints } from './schema/webhooks.ts';

/** Read for whichever customer, and seldom written. */
const copied = [directory, products, hubKeys, webhookEndpoints].map(getTableName);
const spread = customerTables.map(getTableName);

/** Stores what is of its first parameter, a customer: called where that customer is. */
const FUNCTION = 'store_grants';

/** `spread` and `copied`: tables that were not yet. */
export type Distributed = { machines: number; spread: string[]; copied: string[] };

/** Whether its tables are spread over a cluster. */
export async function isDistributed(db: Database): Promise<boolean> {
	return (await hasCitus(db)) && (await placed(db)).has(spread[0]!);
}

/**
 * Spreads the tables that are not yet: all or none. Nobody writes meanwhile.
 *
 * @throws Fault `CITUS_MISSING`
 */
export async function distribute(db: Database): Promise<Distributed> {
	if (!(await hasCitus(db)))
		throw new Fault(
			'CITUS_MISSING',
			'This database has no extension citus.',
			'Make it with CREATE EXTENSION citus and name its machines with citus_add_node, as docs/scale.md says.'
		);
	return db.transaction(async (tx) => {
		// Keys that lead from one table to a copied one are made one machine at a time.
		await ask(tx, `set local citus.multi_shard_modify_mode to 'sequential'`);
		const known = await placed(tx);
		const isNew = (table: string) => !known.has(table);
		for (const table of copied.filter(isNew))
			await ask(tx, `select create_reference_table('${table}')`);
		const [first, ...others] = spread as [string, ...string[]];
		const by = (table: string, more = '') =>
			ask(tx, `select create_distributed_table('${table}', 'customer_id'${more})`);
		if (isNew(first)) await by(first);
		const beside = `, colocate_with := '${first}'`;
		for (const table of others.filter(isNew)) await by(table, beside);
		await ask(
			tx,
			`select create_distributed_function(oid::regprocedure, 'of_customer'${beside})
			from pg_proc where proname = '${FUNCTION}' and pronamespace = current_schema()::regnamespace`
		);
		const [{ machines }] = (await ask(
			tx,
			'select count(*)::int as machines from pg_dist_node where isactive and shouldhaveshards'
		)) as [{ machines: number }];
		return { machines, spread: spread.filter(isNew), copied: copied.filter(isNew) };
	});
}

async function hasCitus(db: Asked): Promise<boolean> {
	return (await ask(db, `select from pg_extension where extname = 'citus'`)).length === 1;
}

/** Tables that the cluster knows as spread or copied. */
async function placed(db: Asked): Promise<Set<string>> {
	const rows = (await ask(
		db,
		`select table_name::text as name from citus_tables where citus_table_type in ('distributed', 'reference')`
	)) as { name: string }[];
	return new Set(rows.map(({ name }) => name));
}

type Asked = Database | Transaction;

async function ask(db: Asked, statement: string): Promise<unknown[]> {
	return ((await db.execute(sql.raw(statement))) as { rows: unknown[] }).rows;
}
