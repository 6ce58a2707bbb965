/**
 * One hub of three workers on PostgreSQL, in processes of its own, for the tests of one `describe`.
 *
 * @module
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { openPostgres, type Store } from '#server/db/store.ts';
import { makeDatabase } from '../../fixtures/empty-database.ts';
import type { FixtureOptions } from '../hub.fixture.ts';
import { startHubProcess, type HubProcess } from '../hub-process.ts';

export const WORKERS = 3;

export type ToldWorker = { id: number; pid: number };

type OpenedWorkers = {
	hub: HubProcess;
	/** Of its database. */
	store: Store;
	/** A path in a folder that goes with the tests; the hub's own is `data`. */
	inHome: (name: string) => string;
	/** Another one, on the same folder and database unless told. */
	start: (options?: Partial<FixtureOptions>) => Promise<HubProcess>;
	/** `hub` is a new one, once the one before has ended. */
	startAgain: () => Promise<void>;
	/** Those that the hub knows of. */
	workers: () => Promise<ToldWorker[]>;
};

/** `hub` and `store` are filled before the first test. */
export function openWorkers(): OpenedWorkers {
	const started = new AsyncDisposableStack();
	const hub = {} as HubProcess;
	const store = {} as Store;
	let home: string;
	let databaseUrl: string;
	const inHome = (name: string) => join(home, name);
	const start = (options: Partial<FixtureOptions> = {}) =>
		startHubProcess({ data: inHome('data'), databaseUrl, workers: WORKERS, ...options });
	const startAgain = async () => {
		Object.assign(hub, await start());
	};
	beforeAll(async () => {
		home = mkdtempSync(join(tmpdir(), 'keyferry-workers-'));
		started.defer(() => rmSync(home, { recursive: true, force: true }));
		const { url, drop } = await makeDatabase();
		databaseUrl = url;
		started.defer(drop);
		Object.assign(store, await openPostgres(url));
		started.defer(() => store.close());
		await startAgain();
		started.defer(() => hub.end('SIGTERM'));
	});
	afterAll(() => started.disposeAsync());
	const workers = async () => {
		const told = await hub.order('tell-workers');
		return 'workers' in told ? told.workers : [];
	};
	return { hub, store, inHome, start, startAgain, workers };
}
