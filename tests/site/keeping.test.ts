/** What a site server keeps: together, in order, and before it answers. */
import fs, { mkdtempSync, rmSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSiteStore, type SiteStore } from '#server/site/store/site-store.ts';
import { makeSiteMachine, makeVendor, openTestSite } from '../fixtures/running-site.ts';
import { Client } from './client.ts';

describe('the store', () => {
	let folder: string;
	let store: SiteStore;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'keyferry-site-store-'));
		store = openSiteStore(join(folder, 'site.db'));
	});
	afterEach(async () => {
		await store.close();
		rmSync(folder, { recursive: true });
	});
	const put = (name: string) => () =>
		void store.db.prepare('insert into setting (name, value) values (?, 1)').run(name);
	const names = () =>
		store.db
			.prepare('select name from setting order by name')
			.all()
			.map(({ name }) => name);

	test('[LE2] what comes together is one transaction, and one that fails costs no other its place', async () => {
		const all = ['a', 'b', 'a', 'c'].map((name) => store.commit(put(name)));
		const outcomes = (await Promise.allSettled(all)).map(({ status }) => status);
		expect(outcomes).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
		expect(names()).toEqual(['a', 'b', 'c']);
	});

	test('[LE2] what was committed is there for whoever opens it next; so are the migrations, once', async () => {
		await store.commit(put('kept'));
		const other = openSiteStore(join(folder, 'site.db'));
		expect(other.db.prepare('select name from setting').all()).toEqual([{ name: 'kept' }]);
		const { synchronous } = other.db.prepare('pragma synchronous').get()!;
		// 2 is `full`: each commit is synced to the disk. https://www.sqlite.org/pragma.html#pragma_synchronous
		expect(synchronous).toBe(2);
		await other.close();
	});

	test('[LE2] what a disk did not sync was not kept, and nothing is until the next start', async () => {
		const { fdatasync } = fs;
		const failing = (_: number, told: (error: Error) => void) => told(new Error('EIO'));
		Object.assign(fs, { fdatasync: failing });
		syncBuiltinESMExports();
		await expect(store.commit(put('a'))).rejects.toThrow('EIO');
		Object.assign(fs, { fdatasync });
		syncBuiltinESMExports();
		await expect(store.commit(put('b'))).rejects.toThrow('EIO');
		await store.close();
		store = openSiteStore(join(folder, 'site.db'));
		await store.commit(put('c'));
		expect(names()).toEqual(['a', 'c']);
	});

	test('[LE2] closing waits for what is under way', async () => {
		const done = store.commit(put('last'));
		await store.close();
		await done;
		store = openSiteStore(join(folder, 'site.db'));
		expect(names()).toEqual(['last']);
	});
});

test('[LE2] what cannot be kept is not granted, and nobody holds it', async () => {
	const machine = makeSiteMachine(await makeVendor());
	const { site, url, close } = await openTestSite(machine);
	await machine.activate({ clients: 60 });
	await site.refresh();
	site.store.db.exec(
		"create trigger full before insert on lease begin select raise(abort, 'no room'); end"
	);
	const one = new Client(url);
	expect((await one.claim()).said).toMatchObject({ status: 500, proven: false });
	expect(site.pools.list()).toEqual([]);
	site.store.db.exec('drop trigger full');
	// As many pages as there are: what does not fit is refused, and told so.
	const { page_count: pages } = site.store.db.prepare('pragma page_count').get()!;
	site.store.db.exec(`pragma max_page_count = ${Number(pages)}`);
	const crowd = Array.from({ length: 40 }, (_, n) => `${'x'.repeat(150)}${n}`);
	const said: number[] = [];
	for (const user of crowd) said.push((await new Client(url).claim({ user })).said.status);
	expect(new Set(said)).toEqual(new Set([201, 507]));
	const granted = said.filter((status) => status === 201).length;
	expect(site.pools.list()).toHaveLength(granted);
	site.store.db.exec('pragma max_page_count = 1000000');
	const held = await new Client(url).claim();
	expect(held.said.status).toBe(201);
	await close();
	machine.remove();
});
