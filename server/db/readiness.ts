/**
 * Whether writes pass, for `/health/ready`: the transactions themselves tell. Only after one that the
 * store failed is anything written to find out, a row that stays as it is, and not more often than
 * every few seconds.
 *
 * @module
 */
import { sql } from 'drizzle-orm';
import { hubTable } from './schema/hub.ts';
import { storeTrouble } from './store-trouble.ts';
import type { Database } from './database.ts';

/** As long as whoever failed is told to wait. */
const DOUBT_MS = 5_000;

/** Whoever asks gets an answer, also where the store gives none. */
const PATIENCE_MS = 2_000;

/**
 * @param before - Throws where no transaction may be begun.
 * @returns Whether the store answers and takes writes.
 */
export function watchWrites(
	db: Pick<Database, 'transaction' | 'execute'>,
	before: () => void = () => undefined
): () => Promise<boolean> {
	let failedAt: number | undefined;
	let asking: Promise<boolean> | undefined;
	const begin = db.transaction.bind<Database['transaction']>(db);
	db.transaction = async (work, config) => {
		if (config?.accessMode === 'read only') return begin(work, config);
		try {
			before();
			const done = await begin(work, config);
			failedAt = undefined;
			return done;
		} catch (error) {
			if (storeTrouble(error)) failedAt = performance.now();
			throw error;
		}
	};
	const ask = async () => {
		before();
		if (failedAt === undefined) await db.execute(sql`select 1`);
		else if (performance.now() - failedAt < DOUBT_MS) return false;
		else await db.transaction((tx) => tx.update(hubTable).set({ id: hubTable.id }));
		return true;
	};
	return async () => {
		asking ??= ask()
			.catch(() => false)
			.finally(() => (asking = undefined));
		let timer: NodeJS.Timeout | undefined;
		const silence = new Promise<boolean>((resolve) => {
			timer = setTimeout(resolve, PATIENCE_MS, false);
		});
		return Promise.race([asking, silence]).finally(() => clearTimeout(timer));
	};
}
