/**
 * The whole ledger as lines of JSON, and back: the same on the embedded database and on any
 * PostgreSQL, so that one file moves a hub from one to the other.
 *
 * Sessions, one-time codes and rate limits stay out: they are secrets of the moment. What else is
 * secret in the tables is sealed or hashed there already.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import { is, sql } from 'drizzle-orm';
import * as catalog from './schema/catalog.ts';
import * as people from './schema/people.ts';
import * as ledger from './schema/ledger.ts';
import type { Database, Transaction } from './store.ts';

const LEFT_OUT = new Set(['session', 'verification', 'rate_limit']);
const BATCH_ROWS = 500;

export type DumpLine = { table: string; rows: unknown[] };

/** Tables in an order in which their rows can be inserted again. */
export function dumpTables(): string[] {
	const all = [people, catalog, ledger]
		.flatMap((tables) => Object.values<unknown>(tables))
		.filter((value) => is(value, PgTable))
		.map((table) => getTableConfig(table))
		.filter(({ name }) => !LEFT_OUT.has(name));
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

/** Every row as it was at one moment, whatever is written meanwhile. */
export async function dump(
	db: Database,
	take: (line: DumpLine) => Promise<void> | void
): Promise<void> {
	await db.transaction(
		async (tx) => {
			for (const table of dumpTables())
				for await (const rows of rowsOf(tx, table)) await take({ table, rows });
		},
		{ isolationLevel: 'repeatable read', accessMode: 'read only' }
	);
}

async function* rowsOf(tx: Transaction, table: string): AsyncGenerator<unknown[]> {
	const source = sql.identifier(table);
	await tx.execute(sql`declare dumped no scroll cursor for
		select to_jsonb(${source}.*) as row from ${source}`);
	for (;;) {
		const fetched = await tx.execute(sql.raw(`fetch ${BATCH_ROWS} from dumped`));
		const { rows } = fetched as { rows: { row: unknown }[] };
		if (rows.length > 0) yield rows.map(({ row }) => row);
		if (rows.length < BATCH_ROWS) break;
	}
	await tx.execute(sql`close dumped`);
}

/** Inserts rows of a dump, into tables that hold none. */
export async function insertDumpLine(tx: Transaction, { table, rows }: DumpLine): Promise<void> {
	if (!dumpTables().includes(table)) throw new Error(`no table ${table}`);
	const target = sql.identifier(table);
	await tx.execute(sql`insert into ${target}
		select * from jsonb_populate_recordset(null::${target}, ${JSON.stringify(rows)}::jsonb)`);
}

/** Whether no hub has ever been here: its own row is the first that one writes. */
export async function isEmpty(db: Database): Promise<boolean> {
	for (const table of dumpTables()) {
		const found = await db.execute(sql`select 1 from ${sql.identifier(table)} limit 1`);
		if ((found as { rows: unknown[] }).rows.length > 0) return false;
	}
	return true;
}

/** Name of the newest migration: a dump fits tables of the same only. */
export function schemaVersion(): string {
	const journal = join(import.meta.dirname, '../../drizzle/meta/_journal.json');
	const { entries } = JSON.parse(readFileSync(journal, 'utf8')) as { entries: { tag: string }[] };
	return entries.at(-1)!.tag;
}
