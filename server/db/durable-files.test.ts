import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hubKeys } from './schema/hub.ts';
import { openEmbedded, type Store } from './store.ts';

// Making a cluster takes seconds, and longer where other tests run beside it.
describe('the embedded database', () => {
	let folder: string;
	let store: Store;
	beforeAll(async () => {
		folder = mkdtempSync(join(tmpdir(), 'keyferry-durable-'));
		store = await openEmbedded(folder);
	});
	afterAll(async () => {
		await store.close();
		rmSync(folder, { recursive: true, force: true });
	});

	const row = (kid: string) => ({ kid, token: 'token', createdAt: 1 });
	const synced = () => store.synced!.files;

	test('each commit reaches the kernel as one sync', async () => {
		const before = synced();
		for (let n = 0; n < 20; n++) await store.db.insert(hubKeys).values(row(`one-${n}`));
		expect(synced() - before).toBe(20);
	});

	test('a transaction of many statements is one commit', async () => {
		const before = synced();
		await store.db.transaction(async (tx) => {
			for (let n = 0; n < 20; n++) await tx.insert(hubKeys).values(row(`many-${n}`));
		});
		expect(synced() - before).toBe(1);
	});

	test('reading syncs nothing', async () => {
		const before = synced();
		await store.db.select().from(hubKeys);
		expect(synced()).toBe(before);
	});

	test('a checkpoint syncs the tables, and new directory entries with them', async () => {
		await store.db.execute(sql`create table made_now (n int)`);
		await store.db.execute(sql`insert into made_now select generate_series(1, 10000)`);
		const before = { ...store.synced! };
		await store.db.execute(sql`checkpoint`);
		expect(synced() - before.files).toBeGreaterThan(5);
		expect(store.synced!.directories).toBeGreaterThan(0);
	});

	test('PostgreSQL itself believes that it syncs', async () => {
		for (const [name, value] of [
			['fsync', 'on'],
			['synchronous_commit', 'on'],
			['wal_sync_method', 'fsync']
		]) {
			const result = await store.db.execute(sql.raw(`show ${name}`));
			expect((result as { rows: object[] }).rows).toEqual([{ [name!]: value }]);
		}
	});

	test('what was answered is there after kill -9', async () => {
		const home = mkdtempSync(join(tmpdir(), 'keyferry-killed-'));
		const child = fork(join(import.meta.dirname, 'writer.fixture.ts'), [home], { execArgv: [] });
		let answered = 0;
		child.on('message', (n) => {
			answered = Number(n);
			if (answered === 50) child.kill('SIGKILL');
		});
		await once(child, 'exit');
		const reopened = await openEmbedded(home);
		const kept = await reopened.db.select({ kid: hubKeys.kid }).from(hubKeys);
		await reopened.close();
		rmSync(home, { recursive: true, force: true });
		expect(answered).toBeGreaterThanOrEqual(50);
		expect(kept.length).toBeGreaterThanOrEqual(answered);
	});

	test('a cluster whose making was interrupted is made again', async () => {
		const home = mkdtempSync(join(tmpdir(), 'keyferry-half-'));
		const child = fork(join(import.meta.dirname, 'writer.fixture.ts'), [home], { execArgv: [] });
		const half = join(home, 'pgdata.new');
		while (!existsSync(half)) await new Promise((resolve) => setTimeout(resolve, 20));
		child.kill('SIGKILL');
		await once(child, 'exit');
		expect(existsSync(join(home, 'pgdata'))).toBe(false);
		const reopened = await openEmbedded(home);
		expect(await reopened.db.select().from(hubKeys)).toEqual([]);
		await reopened.close();
		rmSync(home, { recursive: true, force: true });
	});
});
