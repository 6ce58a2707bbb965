import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { ThreadData } from './embedded-thread.ts';
import { embeddedProgram } from './embedded-program.ts';
import { openEmbedded } from './store.ts';
import { newSyncCount } from './sync-count.ts';

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

test('what it has answered is not kept, however much it was', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'keyferry-answers-'));
	const workerData: ThreadData = {
		dataDir: join(folder, 'pgdata'),
		synced: newSyncCount(),
		program: await embeddedProgram()
	};
	// A thread that keeps what it says ends, out of memory.
	const thread = new Worker(join(import.meta.dirname, 'embedded-thread.ts'), {
		workerData,
		resourceLimits: { maxOldGenerationSizeMb: 64 }
	});
	await once(thread, 'message');
	const text = Buffer.from(`select repeat('x', 1000) from generate_series(1, 1000)\0`);
	const length = Buffer.alloc(4);
	length.writeInt32BE(length.length + text.length);
	const query = Buffer.concat([Buffer.from('Q'), length, text]);
	for (let time = 0; time < 150; time++) {
		thread.postMessage(query);
		const [answers] = (await once(thread, 'message')) as [Uint8Array];
		expect(answers.length).toBeGreaterThan(1_000_000);
	}
	await thread.terminate();
	rmSync(folder, { recursive: true, force: true });
});
