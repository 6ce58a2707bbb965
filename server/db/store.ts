/**
 * The hub's store: one schema on the embedded database or on any PostgreSQL.
 *
 * @module
 */
import { existsSync, mkdirSync, renameSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite';
import { migrate as migratePglite } from 'drizzle-orm/pglite/migrator';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { Fault, systemCode } from '#server/fault.ts';
import { DurableFiles, durableStartParams, syncPath, syncTree } from './durable-files.ts';

/** What both drivers have in common. */
export type Database = PgDatabase<PgQueryResultHKT>;

/** Inside a transaction use only this: the embedded database deadlocks on its root handle. */
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];

export type Store = {
	db: Database;
	kind: 'embedded' | 'postgresql';
	/** Present on the embedded database: how often it synced. */
	files?: DurableFiles;
	close(): Promise<void>;
};

const migrationsFolder = join(import.meta.dirname, '../../drizzle');

/**
 * Opens the embedded database in `folder/pgdata` and brings its tables up to date. The caller holds
 * the lock of the folder.
 */
export async function openEmbedded(folder: string): Promise<Store> {
	const dataDir = join(folder, 'pgdata');
	if (!existsSync(join(dataDir, 'PG_VERSION'))) await createCluster(dataDir);
	const files = new DurableFiles(dataDir);
	const client = await PGlite.create({ fs: files, startParams: durableStartParams });
	const db = drizzlePglite({ client });
	await migratePglite(db, { migrationsFolder });
	refuseFullDisk(db, dataDir);
	return { db: db as unknown as Database, kind: 'embedded', files, close: () => client.close() };
}

/** Two segments of PostgreSQL's log. */
const RESERVED_BYTES = 32 * 1024 * 1024;

/**
 * A transaction that cannot be logged ends the embedded database for good, so none is begun where
 * the next segment of the log may not fit. @throws Fault `DISK_FULL`
 */
function refuseFullDisk(db: Pick<Database, 'transaction'>, dataDir: string): void {
	const begin = db.transaction.bind<Database['transaction']>(db);
	db.transaction = async (work, config) => {
		const { bavail, bsize } = statfsSync(dataDir);
		if (bavail * bsize < RESERVED_BYTES)
			throw new Fault(
				'DISK_FULL',
				`The disk that holds ${dataDir} is nearly full.`,
				'Free some space; the hub then goes on by itself.'
			);
		return begin(work, config);
	};
}

/** A cluster whose making was interrupted never gets its final name. */
async function createCluster(dataDir: string): Promise<void> {
	const unfinished = `${dataDir}.new`;
	rmSync(unfinished, { recursive: true, force: true });
	mkdirSync(unfinished, { recursive: true, mode: 0o700 });
	const client = await PGlite.create({ fs: new DurableFiles(unfinished) });
	await client.close();
	syncTree(unfinished);
	rmSync(dataDir, { recursive: true, force: true });
	renameSync(unfinished, dataDir);
	syncPath(join(dataDir, '..'));
}

/** @throws Fault `DATABASE_UNREACHABLE`. Migrations of several hubs wait for each other. */
export async function openPostgres(url: string): Promise<Store> {
	// The embedded database needs none of it, and starts sooner without.
	const [{ default: pg }, { drizzle: drizzlePg }, { migrate: migratePg }] = await Promise.all([
		import('pg'),
		import('drizzle-orm/node-postgres'),
		import('drizzle-orm/node-postgres/migrator')
	]);
	const pool = new pg.Pool({ connectionString: url, max: 10, pipeline: true });
	// An idle connection that breaks is replaced by the pool; without a listener it ends the process.
	pool.on('error', () => undefined);
	// So does one that breaks between two statements of a transaction: the next statement says it.
	pool.on('connect', (client) => client.on('error', () => undefined));
	const MIGRATION_LOCK = 0x4b464d47;
	try {
		const client = await pool.connect();
		try {
			await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
			await migratePg(drizzlePg({ client }), { migrationsFolder });
		} finally {
			await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
			client.release();
		}
	} catch (cause) {
		await pool.end();
		throw new Fault(
			'DATABASE_UNREACHABLE',
			`The database does not answer (${systemCode(cause) ?? String(cause)}).`,
			'Check DATABASE_URL and that PostgreSQL is running.',
			{ cause }
		);
	}
	const db = drizzlePg({ client: pool });
	return { db: db as unknown as Database, kind: 'postgresql', close: () => pool.end() };
}

/** Whether the store answers, for `/health/ready`. */
export async function answers(store: Store): Promise<boolean> {
	try {
		await store.db.execute(sql`select 1`);
		return true;
	} catch {
		return false;
	}
}
