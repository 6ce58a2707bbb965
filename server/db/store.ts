/**
 * The hub's store: one schema on the embedded database or on any PostgreSQL.
 *
 * @module
 */
import { statfsSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import pg from 'pg';
import { Fault, systemCode } from '#server/fault.ts';
import { startEmbedded, type Embedded } from './embedded.ts';

/** What both drivers have in common. */
export type Database = PgDatabase<PgQueryResultHKT>;

/** Inside a transaction use only this: the embedded database deadlocks on its root handle. */
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];

export type Store = {
	db: Database;
	kind: 'embedded' | 'postgresql';
	/** Present on the embedded database: how often it synced. */
	synced?: Embedded['synced'];
	close(): Promise<void>;
};

const migrationsFolder = join(import.meta.dirname, '../../drizzle');

/**
 * Opens the embedded database in `folder/pgdata` and brings its tables up to date. The caller holds
 * the lock of the folder.
 */
export async function openEmbedded(folder: string): Promise<Store> {
	const dataDir = join(folder, 'pgdata');
	const embedded = await startEmbedded(dataDir);
	const pool = openPool({
		stream: () => embedded.connect(),
		user: 'postgres',
		database: 'postgres',
		ssl: false,
		max: 1,
		idleTimeoutMillis: 0
	});
	const db = openHandle(pool);
	await migrate(db, { migrationsFolder });
	refuseFullDisk(db, dataDir);
	const close = async () => {
		await pool.end();
		await embedded.close();
	};
	return { db: db as unknown as Database, kind: 'embedded', synced: embedded.synced, close };
}

/** Statements are sent one behind another, without waiting for the answer of each. */
function openPool(config: pg.PoolConfig): pg.Pool {
	const pool = new pg.Pool({ ...config, pipeline: true });
	// An idle connection that breaks is replaced by the pool; without a listener it ends the process.
	pool.on('error', () => undefined);
	// So does one that breaks between two statements of a transaction: the next statement says it.
	pool.on('connect', (client) => client.on('error', () => undefined));
	return pool;
}

/**
 * Drizzle's own transaction gives a connection back only where its BEGIN succeeded: each that broke
 * before would be missing from the pool for good.
 */
function openHandle(pool: pg.Pool): NodePgDatabase & { $client: pg.Pool } {
	const db = drizzle({ client: pool });
	const handles = new WeakMap<pg.PoolClient, NodePgDatabase>();
	db.transaction = async (work, config) => {
		const client = await pool.connect();
		try {
			const handle = handles.get(client) ?? drizzle({ client });
			handles.set(client, handle);
			return await handle.transaction(work, config);
		} finally {
			client.release();
		}
	};
	return db;
}

const CONNECT_MS = 10_000;

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

/** @throws Fault `DATABASE_UNREACHABLE`. Migrations of several hubs wait for each other. */
export async function openPostgres(url: string): Promise<Store> {
	const pool = openPool({
		connectionString: url,
		max: 10,
		// A server that goes down takes connections and answers none.
		connectionTimeoutMillis: CONNECT_MS,
		keepAlive: true
	});
	const MIGRATION_LOCK = 0x4b464d47;
	try {
		const client = await pool.connect();
		try {
			await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
			await migrate(drizzle({ client }), { migrationsFolder });
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
	const db = openHandle(pool);
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
