/**
 * The store of a site server: SQLite in one file, part of Node. What is committed is on the disk before
 * anybody is answered, and whatever comes in the meantime is written together. [ST1, LE2]
 *
 * @module
 */
import {
	chmodSync,
	closeSync,
	existsSync,
	fdatasync,
	openSync,
	readdirSync,
	readFileSync
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export type SiteStore = {
	db: DatabaseSync;
	/**
	 * Runs `work` in a transaction with whatever else is waiting, in the order in which it was asked for.
	 *
	 * @param work - Writes only, at once: it is run again by itself where a neighbor fails.
	 * @returns Once it is on the disk.
	 */
	commit(work: () => void): Promise<void>;
	/** After what is waiting. */
	close(): Promise<void>;
};

type Waiting = { work: () => void; done: () => void; failed: (error: unknown) => void };

export function openSiteStore(file: string): SiteStore {
	const db = new DatabaseSync(file, { timeout: 5_000 });
	// Whose machine uses what is nobody else's business.
	chmodSync(file, 0o600);
	db.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on');
	migrate(db);
	const sync = syncOf(`${file}-wal`);
	const inTransaction = transactionsOf(db);
	let waiting: Waiting[] = [];
	let flushing: Promise<void> | undefined;
	/** Nothing is known of a disk after a sync that failed: nothing is kept until the next start. */
	let broken: { error: unknown } | undefined;
	const flush = async () => {
		while (waiting.length > 0) {
			const group = waiting;
			waiting = [];
			const written = broken ? [] : runGroup(db, inTransaction, group);
			if (written.length > 0) await sync.now().catch((error: unknown) => (broken ??= { error }));
			if (broken) for (const { failed } of group) failed(broken.error);
			else for (const { done } of written) done();
		}
		flushing = undefined;
	};
	return {
		db,
		commit: (work) =>
			new Promise((done, failed) => {
				waiting.push({ work, done, failed });
				// All that this turn of the loop brings goes into one transaction.
				flushing ??= new Promise((over) => setImmediate(() => void flush().then(over)));
			}),
		close: async () => {
			await flushing;
			sync.close();
			db.close();
		}
	};
}

/**
 * Syncs the write-ahead log as `synchronous = full` does after a commit, but away from the thread that
 * serves: meanwhile it decides the next ones. https://sqlite.org/pragma.html#pragma_synchronous
 */
function syncOf(log: string): { now(): Promise<void>; close(): void } {
	const descriptor = openSync(log, 'r+');
	return {
		now: () =>
			new Promise((done, failed) =>
				fdatasync(descriptor, (error) => (error ? failed(error) : done()))
			),
		close: () => closeSync(descriptor)
	};
}

/** @returns Those whose work was written; the others are told what is wrong. */
function runGroup(
	db: DatabaseSync,
	inTransaction: InTransaction,
	group: readonly Waiting[]
): readonly Waiting[] {
	db.exec('pragma synchronous = normal');
	try {
		return writeGroup(inTransaction, group);
	} finally {
		db.exec('pragma synchronous = full');
	}
}

function writeGroup(inTransaction: InTransaction, group: readonly Waiting[]): readonly Waiting[] {
	try {
		inTransaction(() => {
			for (const { work } of group) work();
		});
		return group;
	} catch (error) {
		// One of them is to blame, and costs no other its place.
		if (group.length > 1) return group.flatMap((each) => writeGroup(inTransaction, [each]));
		group[0]!.failed(error);
		return [];
	}
}

type InTransaction = (work: () => void) => void;

function transactionsOf(db: DatabaseSync): InTransaction {
	const [begin, commit] = ['begin immediate', 'commit'].map((each) => db.prepare(each));
	return (work) => {
		begin!.run();
		try {
			work();
			commit!.run();
		} catch (error) {
			if (db.isTransaction) db.exec('rollback');
			throw error;
		}
	};
}

/** In a checkout, and from a program that was bundled: see scripts/kit-site.ts. */
const folders = ['../../../drizzle/site', '../../drizzle/site'];

/** Every file by its name, in the order of the names, once. */
function migrate(db: DatabaseSync): void {
	db.exec('create table if not exists migration (name text primary key) strict, without rowid');
	const folder = folders.map((path) => join(import.meta.dirname, path)).find(existsSync);
	if (folder === undefined) throw new Error('the migrations of the site server are missing');
	const has = db.prepare('select 1 from migration where name = ?');
	const inTransaction = transactionsOf(db);
	const add = db.prepare('insert into migration (name) values (?)');
	for (const name of readdirSync(folder).sort()) {
		if (!name.endsWith('.sql') || has.get(name)) continue;
		inTransaction(() => {
			db.exec(readFileSync(join(folder, name), 'utf8'));
			add.run(name);
		});
	}
}
