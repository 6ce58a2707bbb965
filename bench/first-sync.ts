/**
 * The first sync of 100,000 licenses, by the desk on its first screen: until all rows are there, and until their
 * keys are, too; and in Lookup, until the first rows are and one that has come can be looked up; beside plain IndexedDB writes of the same rows in the same browser. `LICENSES=1000000` for another
 * number of them.
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
import { signInAs, watchFirstRows } from './first-rows.ts';
import type { Result } from './result.ts';

const LICENSES = Number(process.env['LICENSES'] ?? 100_000);
const OF_CUSTOMER = 500;
const MANY = { customers: LICENSES / OF_CUSTOMER, licenses: OF_CUSTOMER, machines: 50 };
/** Seconds for 100,000 licenses. */
const BARS = { rows: 3, keys: 6 };
const SCALE = LICENSES / 100_000;
const PATIENCE_MS = 30 * 60_000;

export async function firstSync(): Promise<Result[]> {
	buildDesk('desk');
	const hub = await startSeededHub(MANY);
	const user = hub.demo.users.find(({ role }) => role === 'staff')!;
	const early = await firstRows(hub.address, user);
	const profile = mkdtempSync(join(tmpdir(), 'keyferry-profile-'));
	const context = await openProfile(profile);
	const { page, clicked } = await signInAs(context, hub.address, user);
	const ours = await page.evaluate(measureSync, clicked + PATIENCE_MS);
	const { licenses, heapMB } = ours;
	const rows = (ours.rowsAt - clicked) / 1000;
	const keys = (ours.keysAt - clicked) / 1000;
	console.error(
		`first sync: ${licenses} licenses in ${rows} s, keys in ${keys} s; heap of the page ${heapMB} MB`
	);
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
	/** @param scaled - The bar, for so many licenses. */
	const line = (what: string, figure: number, scaled: number): Result => {
		return {
			name: `First sync of ${licenses} licenses, ${what}`,
			figure,
			unit: 's',
			raw,
			ratio: figure / raw,
			bar: `≤ ${scaled} s`,
			reached: figure <= scaled
		};
	};
	return [
		line('until rows are shown and more are said to come', early.rows, BARS.rows),
		line('until a license that has come is looked up', early.card, BARS.rows),
		line('until the list is whole', rows, BARS.rows * SCALE),
		line('with keys', keys, BARS.keys * SCALE)
	];
}

/** Seconds from signing in, in a browser of its own that is closed before the first sync is done. */
async function firstRows(
	address: string,
	user: { email: string; password: string }
): Promise<{ rows: number; card: number }> {
	const profile = mkdtempSync(join(tmpdir(), 'keyferry-profile-'));
	const context = await openProfile(profile);
	const { page, clicked } = await signInAs(context, address, user);
	const { rowsAt, cardAt, isUnderWay } = await watchFirstRows(page);
	if (!isUnderWay) console.error('the first sync was done before a license was looked up');
	await context.close();
	rmSync(profile, { recursive: true, force: true });
	return { rows: (rowsAt - clicked) / 1000, card: (cardAt - clicked) / 1000 };
}

type Measured = { rowsAt: number; keysAt: number; licenses: number; heapMB: number };

/** Waits for the last page of rows, and for the last of keys, as the desk's own states say it. */
async function measureSync(until: number): Promise<Measured> {
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
	const wait = async (isOver: () => Promise<boolean>) => {
		while (Date.now() < until && !(await isOver()))
			await new Promise((resolve) => setTimeout(resolve, 50));
		return Date.now();
	};
	const rowsAt = await wait(
		async () => Boolean(await fact('cursor')) && !(await fact('firstSync'))
	);
	const keysAt = await wait(async () => !(await fact('owedKeys')));
	const names = (await ask(
		db.transaction('blockNames').objectStore('blockNames').index('table').getAll('licenses')
	)) as { names: string }[];
	const onTop = await ask(db.transaction('licenses').objectStore('licenses').count());
	const licenses = names.reduce((sum, { names: lines }) => sum + lines.split('\n').length, onTop);
	db.close();
	const { memory } = performance as Performance & { memory?: { usedJSHeapSize: number } };
	const heapMB = Math.round((memory?.usedJSHeapSize ?? 0) / 1e6);
	return { rowsAt, keysAt, licenses, heapMB };
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
		type Row = { id: string; customerId: string; key?: string };
		type Block = { keys: Record<string, string> };
		const desk = await open(`keyferry-desk-${localStorage.getItem('keyferry-owner')}`);
		const raw = await open('raw', (db) => {
			for (const name of ['licenses', 'activations']) {
				const from = desk.transaction(name).objectStore(name);
				const store = db.createObjectStore(name, { keyPath: from.keyPath });
				for (const index of Array.from(from.indexNames, (each) => from.index(each)))
					store.createIndex(index.name, index.keyPath, { multiEntry: index.multiEntry });
			}
		});
		let ofCustomer: { id?: string; keys: Record<string, string> } = { keys: {} };
		let ms = 0;
		for (const [name, blocksOf] of [
			['licenses', 'licenseBlocks'],
			['activations', 'activationBlocks']
		] as const) {
			let after = 0;
			for (;;) {
				const range = IDBKeyRange.lowerBound(after, true);
				const store = desk.transaction(blocksOf).objectStore(blocksOf);
				const some = (await ask(store.getAll(range, 10))) as {
					id: number;
					like: string;
					text: string;
				}[];
				const last = some.at(-1);
				if (!last) break;
				after = last.id;
				const rows = some.flatMap(({ like, text }) =>
					text.split('\n').map((line) => ({ ...JSON.parse(like), ...JSON.parse(line) }) as Row)
				);
				for (const row of name === 'licenses' ? rows : []) {
					if (row.customerId !== ofCustomer.id) {
						const keys = desk.transaction('licenseKeys').objectStore('licenseKeys');
						const blocks = await ask(keys.index('customerId').getAll(row.customerId));
						const all = (blocks as Block[]).map((block) => block.keys);
						ofCustomer = { id: row.customerId, keys: Object.assign({}, ...all) as Block['keys'] };
					}
					row.key = ofCustomer.keys[row.id];
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
