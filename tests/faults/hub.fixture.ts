/**
 * A hub in a process of its own that tells its parent of each commit before anybody is answered, and
 * then waits as long as it was told to: time for the parent to end it in between.
 */
import { openEmbedded, openPostgres, type Database, type Store } from '#server/db/store.ts';
import { serve } from '#server/main.ts';

export type FixtureOptions = {
	data: string;
	databaseUrl?: string;
	/** Milliseconds between a commit and its answers. */
	waitMs?: number;
};

export type FixtureMessage = { ready: string } | { committed: true };

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

async function openStore(): Promise<Store> {
	const store = await (databaseUrl ? openPostgres(databaseUrl) : openEmbedded(data));
	return { ...store, db: telling(store.db) };
}

const limits = { perAddress: 1e9, perNumber: 1e9 };
const hub = await serve({ data, port: 0, demo: true, openStore, limits, logLevel: 'warn' });
tell({ ready: hub.url });
process.once('SIGTERM', () => void hub.close().then(() => process.disconnect()));
