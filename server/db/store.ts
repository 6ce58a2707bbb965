/**
 * The hub's store: one schema on the embedded database or on any PostgreSQL.
 *
 * @module
 */
import { existsSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { Fault, systemCode } from '#server/fault.ts';
import { isAtOnce, StoreConnection } from './connection.ts';
import type { Database } from './database.ts';
import { distribute, isDistributed, type Distributed } from './distribute.ts';
import { migrateTables } from './migrations.ts';
import { startEmbedded, type Embedded } from './embedded.ts';
import { watchWrites } from './readiness.ts';
import { NoConnection } from './store-trouble.ts';

export type Store = {
	db: Database;
	kind: 'embedded' | 'postgresql';
	/** Present on the embedded database: how often it synced. */
	synced?: Embedded['synced'];
	/** Present on PostgreSQL: whether it is spread over a cluster. [DB2] */
	distributed?: boolean;
	/** Whether it answers and takes writes. */
	isReady(): Promise<boolean>;
	close(): Promise<void>;
};

/**
 * Opens the embedded database in `folder/pgdata` and brings its tables up to date. The caller holds
 * the lock of the folder.
 *
 * @param tables - The version to bring them to, where it is not the newest.
 */
export async function openEmbedded(folder: string, tables?: string): Promise<Store> {
	const dataDir = join(folder, 'pgdata');
	if (existsSync(folder))
		refuseFullDisk(folder, 'Nothing was started. Free some space, then start it again.');
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
	await migrateTables(db, tables);
	const isReady = watchWrites(db, () => refuseFullDisk(dataDir));
	const close = async () => {
		await pool.end();
		await embedded.close();
	};
	return {
		db: db as unknown as Database,
		kind: 'embedded',
		synced: embedded.synced,
		isReady,
		close
	};
}

/** Statements are sent one behind another, without waiting for the answer of each. */
function openPool(config: pg.PoolConfig): pg.Pool {
	const pool = new pg.Pool({ ...config, pipeline: true, Client: StoreConnection });
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
		const client = await pool.connect().catch((cause: unknown) => {
			throw new NoConnection('no connection to the database', { cause });
		});
		try {
			const handle = handles.get(client) ?? drizzle({ client });
			handles.set(client, handle);
			// It has all that a statement needs.
			if (isAtOnce(config)) return await work(handle as unknown as Parameters<typeof work>[0]);
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
function refuseFullDisk(
	folder: string,
	next = 'Free some space; a hub that runs then goes on by itself.'
): void {
	const { bavail, bsize } = statfsSync(folder);
	if (bavail * bsize >= RESERVED_BYTES) return;
	throw new Fault(
		'DISK_FULL',
		`The disk that holds ${folder} is nearly full: ${RESERVED_BYTES / 1024 ** 2} MB have to be free.`,
		next
	);
}

/**
 * What a connection may wait for. A process that stands still in the middle of a transaction loses it,
 * and those who wait for its locks hear "no" before that. A server that stands still is given up.
 */
const WAITS: pg.ClientConfig = {
	lock_timeout: 5_000,
	idle_in_transaction_session_timeout: 10_000,
	statement_timeout: 15_000,
	query_timeout: 20_000
};

/** @throws Fault `DATABASE_UNREACHABLE`. Migrations of several hubs wait for each other. */
export async function openPostgres(url: string, tables?: string): Promise<Store> {
	const config: pg.ClientConfig = {
		connectionString: url,
		// A server that goes down takes connections and answers none.
		connectionTimeoutMillis: CONNECT_MS,
		keepAlive: true
	};
	const distributed = await alone(config, async (own) => {
		await migrateTables(own, tables);
		const isSpread = await isDistributed(own);
		// Tables that a newer version brought.
		if (isSpread && tables === undefined) await distribute(own);
		return isSpread;
	});
	const pool = openPool({ ...config, ...WAITS, max: 10 });
	const db = openHandle(pool) as unknown as Database;
	const isReady = watchWrites(db);
	return { db, kind: 'postgresql', distributed, isReady, close: () => pool.end() };
}

/** Spreads a store over the machines of its cluster, once its tables are up to date. [DB2] */
export function distributePostgres(url: string): Promise<Distributed> {
	return alone({ connectionString: url, connectionTimeoutMillis: CONNECT_MS }, async (own) => {
		await migrateTables(own);
		return distribute(own);
	});
}

/** Of whoever changes tables: it goes with the connection. */
const MIGRATION_LOCK = 0x4b464d47;

/** On a connection of its own, which may take as long as it takes, and while nobody else changes tables. */
async function alone<T>(
	config: pg.ClientConfig,
	work: (db: NodePgDatabase) => Promise<T>
): Promise<T> {
	const client = new pg.Client(config);
	client.on('error', () => undefined);
	try {
		await client.connect();
		await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
		// A cluster changes no function where it has changed tables on all machines at once; elsewhere it means nothing.
		await client.query(`set citus.multi_shard_modify_mode to 'sequential'`);
		const done = await work(drizzle({ client }));
		await client.end();
		return done;
	} catch (cause) {
		void client.end().catch(() => undefined);
		if (cause instanceof Fault) throw cause;
		throw new Fault(
			'DATABASE_UNREACHABLE',
			`The database does not answer (${systemCode(cause) ?? String(cause)}).`,
			'Check DATABASE_URL and that PostgreSQL is running.',
			{ cause }
		);
	}
}
