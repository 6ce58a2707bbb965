import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openEmbedded } from './store.ts';

test('a database that has ended answers nobody, and keeps nobody waiting', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'keyferry-ended-'));
	const { db, close } = await openEmbedded(folder);
	await db.execute(sql`create table made_now (n int)`);
	rmSync(join(folder, 'pgdata/pg_wal'), { recursive: true, force: true });
	await db.execute(sql`select pg_switch_wal()`);
	// Its log has no place any more.
	const ask = () => db.execute(sql`insert into made_now values (1)`);
	for (let time = 0; time < 3; time++) await expect(ask()).rejects.toThrow();
	await expect(db.transaction((tx) => tx.execute(sql`select 1`))).rejects.toThrow();
	await close();
	rmSync(folder, { recursive: true, force: true });
});
