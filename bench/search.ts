/**
 * A key stroke in the search over 100,000 licenses and over their 300,000 activations, on the screens themselves: what it keeps the
 * page's thread busy for, drawing and what follows it included, beside a plain scan of the same
 * texts.
 *
 * @module
 */
import type { Page } from '@playwright/test';
import { percentile } from './chromium.ts';
import { openFilledDesk, waitForAll } from './filled-desk.ts';
import { MainThread } from './main-thread.ts';
import type { Result } from './result.ts';

const TEXTS = ['rack-04217', 'works 17 harbor', 'meridian prof', 'enterprise 399', 'zz nothing'];
const BACK = 4;
const PAUSE_MS = 120;
const bars = new Map([
	[1, 16],
	[4, 50]
]);

export async function search(): Promise<Result[]> {
	const desk = await openFilledDesk();
	const results: Result[] = [];
	for (const slower of bars.keys())
		for (const [screen, hash] of [
			['Lookup', '#/lookup'],
			['Licenses', '#/licenses'],
			['Activations', '#/activations']
		] as const) {
			const page = await desk.context.newPage();
			await page.goto(`${desk.address}/${hash}`);
			await page.locator('a.row').first().waitFor();
			await waitForAll(page);
			const thread = await MainThread.of(page, slower);
			const busy = await typeAll(page, thread);
			const raw = await page.evaluate(scanPlainly, TEXTS);
			const [figure, plain] = [percentile(busy, 95), percentile(raw, 95)];
			const bar = bars.get(slower)!;
			results.push({
				name: `Search key stroke, ${screen}${slower > 1 ? `, slowed ${slower} ×` : ''}, p95`,
				figure,
				unit: 'ms',
				raw: plain,
				ratio: figure / plain,
				bar: `< ${bar} ms`,
				reached: figure < bar
			});
			console.error(results.at(-1));
			await page.close();
		}
	await desk.close();
	return results;
}

/** Milliseconds of the main thread for each key stroke. */
async function typeAll(page: Page, thread: MainThread): Promise<number[]> {
	const busy: number[] = [];
	const press = async (key: string) => {
		busy.push(await thread.busyWith(() => page.keyboard.press(key), PAUSE_MS));
	};
	// Once for the compiler.
	for (const key of 'atlas') await page.keyboard.press(key, { delay: 50 });
	await page.getByRole('searchbox').fill('');
	for (const text of TEXTS) {
		for (const key of text) await press(key === ' ' ? 'Space' : key);
		for (let back = 0; back < BACK; back++) await press('Backspace');
		await page.getByRole('searchbox').fill('');
		await page.waitForTimeout(PAUSE_MS);
	}
	return busy;
}

/** Milliseconds for each beginning of the texts: every row is looked at, none is drawn. */
async function scanPlainly(texts: string[]): Promise<number[]> {
	const db = await new Promise<IDBDatabase>((resolve, reject) => {
		const asked = indexedDB.open('keyferry-desk');
		asked.onsuccess = () => resolve(asked.result);
		asked.onerror = () => reject(new Error(asked.error?.name));
	});
	type Row = { number: string; customer: string; title: string; edition: string };
	type Block = { like: string; text: string };
	const blocks = await new Promise<Block[]>((resolve, reject) => {
		const asked = db.transaction('licenseBlocks').objectStore('licenseBlocks').getAll();
		asked.onsuccess = () => resolve(asked.result as Block[]);
		asked.onerror = () => reject(new Error(asked.error?.name));
	});
	const rows = blocks.flatMap(({ like, text }) =>
		text.split('\n').map((line) => ({ ...JSON.parse(like), ...JSON.parse(line) }) as Row)
	);
	db.close();
	const haystack = rows.map(({ number, customer, title, edition }) =>
		[number, customer, title, edition].join(' ').toLowerCase()
	);
	const took: number[] = [];
	for (const text of texts)
		for (let end = 1; end <= text.length; end++) {
			const started = performance.now();
			const words = text.slice(0, end).split(' ');
			haystack.filter((straws) => words.every((word) => straws.includes(word)));
			took.push(performance.now() - started);
		}
	return took;
}
