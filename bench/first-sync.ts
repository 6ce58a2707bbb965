/**
 * The first sync of 100,000 licenses with their keys, by the desk on its first screen, beside plain
 * IndexedDB writes of the same rows in the same browser.
 *
 * @module
 */
import type { Page } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildDesk } from '../scripts/build-desk.ts';
import { startSeededHub } from '../tests/fixtures/seeded-hub.ts';
import { openProfile } from './chromium.ts';
import type { Result } from './result.ts';

const MANY = { customers: 200, licenses: 500, machines: 50 };
const BAR = 1.5;
const PATIENCE_MS = 300_000;

export async function firstSync(): Promise<Result[]> {
	buildDesk('desk');
	const hub = await startSeededHub(MANY);
	const profile = mkdtempSync(join(tmpdir(), 'keyferry-profile-'));
	const context = await openProfile(profile);
	const page = await context.newPage();
	const user = hub.demo.users.find(({ role }) => role === 'staff')!;
	await page.goto(`${hub.address}/#/sign-in`);
	await page.getByLabel('Email').fill(user.email);
	await page.getByLabel('Password').fill(user.password);
	const clicked = Date.now();
	// Whoever signs in sees a desk of their own.
	const loaded = page.waitForEvent('load');
	await page.getByRole('button', { name: 'Sign in' }).click();
	await loaded;
	// The database is there before anything is drawn.
	await page.locator('main h1').waitFor();
	const ours = await page.evaluate(measureSync, clicked + PATIENCE_MS);
	const seconds = (ours.endedAt - clicked) / 1000;
	console.error(`first sync: ${ours.licenses} licenses in ${seconds} s`);
	// The desk is closed: nothing else works in this browser while the raw writes are measured.
	const blank = await context.newPage();
	await page.close();
	await blank.route('**/blank', (route) =>
		route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>raw</title>' })
	);
	await blank.goto(`${hub.address}/blank`);
	const raw = await rawWrites(blank);
	await context.close();
	rmSync(profile, { recursive: true, force: true });
	await hub.stop();
	const ratio = seconds / raw;
	return [
		{
			name: `First sync of ${ours.licenses} licenses`,
			figure: seconds,
			unit: 's',
			raw,
			ratio,
			bar: `≤ ${BAR} × raw IndexedDB writes`,
			reached: ratio <= BAR
		}
	];
}

/** Waits for the last page, as the desk's own cursor says it. */
async function measureSync(until: number): Promise<{ endedAt: number; licenses: number }> {
	const open = () =>
		new Promise<IDBDatabase>((resolve, reject) => {
			// Of whoever is signed in.
			const asked = indexedDB.open(`keyferry-desk-${localStorage.getItem('keyferry-owner')}`);
			asked.onsuccess = () => resolve(asked.result);
			asked.onerror = () => reject(new Error(asked.error?.name));
		});
	const db = await open();
	const ask = <T>(request: IDBRequest<T>) =>
		new Promise<T>((resolve, reject) => {
			request.onsuccess = () => resolve(request.result);
			request.onerror = () => reject(new Error(request.error?.name));
		});
	const fact = async (name: string) =>
		(await ask(db.transaction('states').objectStore('states').get(name))) as unknown;
	while (Date.now() < until && (!(await fact('cursor')) || (await fact('firstSync'))))
		await new Promise((resolve) => setTimeout(resolve, 50));
	const endedAt = Date.now();
	const names = (await ask(
		db.transaction('blockNames').objectStore('blockNames').index('table').getAll('licenses')
	)) as { names: string }[];
	const onTop = await ask(db.transaction('licenses').objectStore('licenses').count());
	const licenses = names.reduce((sum, { names: lines }) => sum + lines.split('\n').length, onTop);
	db.close();
	return { endedAt, licenses };
}

/** Seconds. The rows as the hub sent them, with the indexes of the desk, a thousand in a transaction. */
async function rawWrites(page: Page): Promise<number> {
	return page.evaluate(async () => {
		const open = (name: string, upgrade?: (db: IDBDatabase) => void) =>
			new Promise<IDBDatabase>((resolve, reject) => {
				const asked = indexedDB.open(name);
				asked.onupgradeneeded = () => upgrade?.(asked.result);
				asked.onsuccess = () => resolve(asked.result);
				asked.onerror = () => reject(new Error(asked.error?.name));
			});
		const ask = <T>(request: IDBRequest<T>) =>
			new Promise<T>((resolve, reject) => {
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(new Error(request.error?.name));
			});
		type Row = { id: string; keysIn?: string; key?: string };
		type Block = { id: string; keys: Record<string, string> };
		const desk = await open(`keyferry-desk-${localStorage.getItem('keyferry-owner')}`);
		const raw = await open('raw', (db) => {
			for (const name of ['licenses', 'activations']) {
				const from = desk.transaction(name).objectStore(name);
				const store = db.createObjectStore(name, { keyPath: from.keyPath });
				for (const index of Array.from(from.indexNames, (each) => from.index(each)))
					store.createIndex(index.name, index.keyPath, { multiEntry: index.multiEntry });
			}
		});
		const blocks = new Map<string, Block>();
		let ms = 0;
		for (const [name, blocksOf] of [
			['licenses', 'licenseBlocks'],
			['activations', 'activationBlocks']
		] as const) {
			let after = 0;
			for (;;) {
				const range = IDBKeyRange.lowerBound(after, true);
				const store = desk.transaction(blocksOf).objectStore(blocksOf);
				const some = (await ask(store.getAll(range, 10))) as { id: number; text: string }[];
				const last = some.at(-1);
				if (!last) break;
				after = last.id;
				const rows = some.flatMap(({ text }) =>
					text.split('\n').map((line) => JSON.parse(line) as Row)
				);
				for (const row of rows) {
					if (row.keysIn === undefined) continue;
					let block = blocks.get(row.keysIn);
					if (!block) {
						const keys = desk.transaction('licenseKeys').objectStore('licenseKeys');
						block = (await ask(keys.get(row.keysIn))) as Block;
						blocks.set(row.keysIn, block);
					}
					row.key = block.keys[row.id];
					delete row.keysIn;
				}
				const started = performance.now();
				const written = raw.transaction(name, 'readwrite', { durability: 'relaxed' });
				for (const row of rows) written.objectStore(name).put(row);
				await new Promise((resolve, reject) => {
					written.oncomplete = resolve;
					written.onabort = () => reject(new Error(written.error?.name));
				});
				ms += performance.now() - started;
			}
		}
		return ms / 1000;
	});
}
