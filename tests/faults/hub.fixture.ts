/**
 * A hub in a process of its own that tells its parent of each commit before anybody is answered, and
 * then waits as long as it was told to: time for the parent to end it in between.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openEmbedded, openPostgres, type Database, type Store } from '#server/db/store.ts';
import { serve } from '#server/serve.ts';
import { copyEmptyDatabase } from '../fixtures/empty-database.ts';
import { fillDisk, freeDisk } from './ballast.ts';
import { readLedger, type Ledger } from './checker.ts';

export type FixtureOptions = {
	data: string;
	databaseUrl?: string;
	/** Milliseconds between a commit and its answers. */
	waitMs?: number;
};

export type FixtureMessage =
	| { ready: string; token: string }
	| { committed: true }
	| { filled: boolean }
	| { ledger: Ledger }
	| { failed: string };

/** What the parent may ask for, where it cannot reach the hub's disk itself. */
export type FixtureOrder = 'fill-disk' | 'free-disk' | 'tell-ledger';

const { data, databaseUrl, waitMs = 0 } = JSON.parse(process.argv[2]!) as FixtureOptions;
const tell = (message: FixtureMessage) => process.send?.(message);

function telling(db: Database): Database {
	const transaction: Database['transaction'] = async (work, config) => {
		const result = await db.transaction(work, config);
		tell({ committed: true });
		if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
		return result;
	};
	return new Proxy(db, {
		get: (target, name) =>
			name === 'transaction' ? transaction : (Reflect.get(target, name, target) as unknown)
	});
}

let opened: Store | undefined;

async function openStore(): Promise<Store> {
	const store = await (databaseUrl ? openPostgres(databaseUrl) : openEmbedded(data));
	opened = { ...store, db: telling(store.db) };
	return opened;
}

if (databaseUrl === undefined) await copyEmptyDatabase(data);
const limits = { perAddress: 1e9, perNumber: 1e9 };
const hub = await serve({ data, port: 0, demo: true, openStore, limits, logLevel: 'warn' });
const { token } = JSON.parse(readFileSync(join(data, 'demo.json'), 'utf8')) as { token: string };
tell({ ready: hub.url, token });
/** Throws where an order cannot be carried out, or is none. */
async function carryOut(order: FixtureOrder): Promise<FixtureMessage> {
	const disk = join(data, '..');
	switch (order) {
		case 'tell-ledger':
			return { ledger: await readLedger(opened!) };
		case 'fill-disk':
			fillDisk(disk);
			return { filled: true };
		case 'free-disk':
			freeDisk(disk);
			return { filled: false };
		default:
			throw new Error(`no such order: ${String(order satisfies never)}`);
	}
}

process.on('message', (order: FixtureOrder) => {
	carryOut(order).then(tell, (cause: unknown) => tell({ failed: String(cause) }));
});
process.once('SIGTERM', () => void hub.close().then(() => process.disconnect()));
