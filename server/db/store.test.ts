import { sql } from 'drizzle-orm';
import pg from 'pg';
import { expect, test } from 'vitest';
import { makeDatabase, testServer } from '../../tests/fixtures/empty-database.ts';
import { openPostgres } from './store.ts';

/** The pool has ten connections. */
const BREAKS = 30;

test.skipIf(!testServer)(
	'[SY3] connections that break are replaced, however many and at whatever moment',
	async () => {
		const { url, drop } = await makeDatabase();
		const store = await openPostgres(url);
		const other = new pg.Client({ connectionString: url });
		await other.connect();
		let isOver = false;
		const work = async () => {
			while (!isOver)
				await store.db
					.transaction((tx) => tx.execute(sql`select pg_sleep(0.001)`))
					.catch(() => undefined);
		};
		const workers = Array.from({ length: 8 }, work);
		for (let round = 0; round < BREAKS; round++) {
			await new Promise((resolve) => setTimeout(resolve, 20));
			await other.query(`
				select pg_terminate_backend(pid) from pg_stat_activity
				where pid <> pg_backend_pid() and datname = current_database()`);
		}
		isOver = true;
		await Promise.all(workers);
		await expect(store.db.transaction((tx) => tx.execute(sql`select 1`))).resolves.toBeDefined();
		// Waits for each connection that was taken: none is missing.
		await store.close();
		await other.end();
		await drop();
	}
);
