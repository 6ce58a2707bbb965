/**
 * The tables' versions: each is the name of the migration that made it. A store is brought to the
 * newest one, or to that of a backup, whose rows fit its own tables only.
 *
 * @module
 */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import type { Database } from './database.ts';

const migrationsFolder = join(import.meta.dirname, '../../drizzle');

type Journal = { entries: { tag: string }[] };

function readJournal(): Journal {
	return JSON.parse(readFileSync(join(migrationsFolder, 'meta/_journal.json'), 'utf8')) as Journal;
}

/** From the first to the newest. */
export function schemaVersions(): string[] {
	return readJournal().entries.map(({ tag }) => tag);
}

/** The newest. */
export function schemaVersion(): string {
	return schemaVersions().at(-1)!;
}

/** Applies what is missing. @param until - The last one to apply; by default the newest. */
export async function migrateTables(
	db: Parameters<typeof migrate>[0],
	until: string = schemaVersion()
): Promise<void> {
	if (until === schemaVersion()) return migrate(db, { migrationsFolder });
	const folder = copyUntil(until);
	try {
		await migrate(db, { migrationsFolder: folder });
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** The version of a store's tables, for a store that was opened. */
export async function tablesOf(db: Database): Promise<string | undefined> {
	const found = await db.execute(
		sql`select count(*)::int as applied from drizzle.__drizzle_migrations`
	);
	const [row] = (found as { rows: unknown[] }).rows as { applied: number }[];
	return schemaVersions()[(row?.applied ?? 0) - 1];
}

/** The migrator takes a folder, and all that its journal names. */
function copyUntil(until: string): string {
	const journal = readJournal();
	const end = journal.entries.findIndex(({ tag }) => tag === until);
	if (end < 0) throw new Error(`no migration ${until}`);
	const entries = journal.entries.slice(0, end + 1);
	const folder = mkdtempSync(join(tmpdir(), 'keyferry-tables-'));
	mkdirSync(join(folder, 'meta'));
	writeFileSync(join(folder, 'meta/_journal.json'), JSON.stringify({ ...journal, entries }));
	for (const { tag } of entries)
		copyFileSync(join(migrationsFolder, `${tag}.sql`), join(folder, `${tag}.sql`));
	return folder;
}
