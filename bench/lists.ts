/**
 * The list of 100,000 licenses as it is worked with: another filter, another order, and the longest
 * task while somebody types, scrolls, or types before everything has been read; filters and orders
 * beside plain ones over the same rows.
 *
 * @module
 */
import type { Page } from '@playwright/test';
import { licenseFilters } from '#lib/search/license-filter.ts';
import { licenseOrders } from '#lib/search/license-order.ts';
import { percentile } from './chromium.ts';
import { openFilledDesk, waitForAll, type FilledDesk } from './filled-desk.ts';
import { MainThread } from './main-thread.ts';
import type { Result } from './result.ts';

const WIDE = { width: 1280, height: 800 };
const PAUSE_MS = 400;
const CHANGE_BAR_MS = 50;
const TASK_BAR_MS = 100;
const TEXT = 'meridian rack-04';
const WHEELS = 40;

export async function lists(): Promise<Result[]> {
	const desk = await openFilledDesk();
	const results: Result[] = [];
	for (const slower of [1, 4]) {
		const page = await openList(desk);
		const row = page.locator('a.row').first();
		const thread = await MainThread.of(page, slower);
		const said = (what: string) => `${what}${slower > 1 ? `, slowed ${slower} ×` : ''}`;

		await page.goto(`${desk.address}/#/licenses`);
		await row.waitFor();
		const early = await thread.longestTask(() => type(page));
		await waitForAll(page);
		const raw = percentile(await page.evaluate(changePlainly), 95);
		if (slower === 1) {
			const filters = licenseFilters.map((filter) => `is=${filter}`);
			const orders = licenseOrders.flatMap((by) => [`sort=${by}`, `sort=-${by}`]);
			for (const [what, changes] of Object.entries({ filter: filters, order: orders })) {
				const took = await changeAll(page, thread, changes);
				const figure = percentile(took, 95);
				const reached = figure < CHANGE_BAR_MS;
				const name = `Another ${what} of 100,000 licenses, p95`;
				const bar = `< ${CHANGE_BAR_MS} ms`;
				results.push({ name, figure, unit: 'ms', raw, ratio: figure / raw, bar, reached });
			}
		}
		const typing = await thread.longestTask(() => type(page));
		const scrolling = await thread.longestTask(() => scroll(page));
		for (const [what, figure] of Object.entries({
			typing,
			scrolling,
			'typing while all is being read': early
		})) {
			const reached = figure < TASK_BAR_MS;
			const name = said(`Longest task while ${what}`);
			const bar = `< ${TASK_BAR_MS} ms`;
			results.push({ name, figure, unit: 'ms', raw, ratio: figure / raw, bar, reached });
		}
		console.error(results);
		await page.close();
	}
	await desk.close();
	return results;
}

async function openList(desk: FilledDesk): Promise<Page> {
	// Nothing of the desk is in memory.
	const page = await (await desk.reopen()).newPage();
	await page.setViewportSize(WIDE);
	return page;
}

async function type(page: Page): Promise<void> {
	const field = page.getByRole('searchbox').first();
	await field.fill('');
	await field.pressSequentially(TEXT, { delay: 80 });
	for (let back = 0; back < TEXT.length; back++)
		await page.keyboard.press('Backspace', { delay: 40 });
	await page.waitForTimeout(PAUSE_MS);
}

async function scroll(page: Page): Promise<void> {
	await page.locator('a.row').nth(3).hover();
	for (let wheel = 0; wheel < WHEELS; wheel++) {
		await page.mouse.wheel(0, wheel % 8 === 7 ? 20_000 : 900);
		await page.waitForTimeout(50);
	}
	await page.waitForTimeout(PAUSE_MS);
}

/** Milliseconds of the page's thread for each change of the address. */
async function changeAll(
	page: Page,
	thread: MainThread,
	changes: readonly string[]
): Promise<number[]> {
	const took: number[] = [];
	const go = (query: string) =>
		page.evaluate((hash) => (location.hash = hash), `#/licenses${query}`);
	for (const change of changes) {
		await go('');
		await page.waitForTimeout(PAUSE_MS);
		took.push(await thread.busyWith(() => go(`?${change}`), PAUSE_MS));
	}
	return took;
}

/** Milliseconds for rows picked and put in order by comparing them, nothing of which is drawn. */
async function changePlainly(): Promise<number[]> {
	const db = await new Promise<IDBDatabase>((resolve, reject) => {
		const asked = indexedDB.open('keyferry-desk');
		asked.onsuccess = () => resolve(asked.result);
		asked.onerror = () => reject(new Error(asked.error?.name));
	});
	type Row = { number: string; customer: string; seats: number; maintainedUntil: number };
	const rows = await new Promise<Row[]>((resolve, reject) => {
		const asked = db.transaction('licenses').objectStore('licenses').getAll();
		asked.onsuccess = () => resolve(asked.result as Row[]);
		asked.onerror = () => reject(new Error(asked.error?.name));
	});
	db.close();
	const byNumber = (one: Row, other: Row) => (one.number < other.number ? -1 : 1);
	const ways = [
		() => rows.filter(({ maintainedUntil }) => maintainedUntil < 1_750_000_000).sort(byNumber),
		() => rows.toSorted((a, b) => a.maintainedUntil - b.maintainedUntil || byNumber(a, b)),
		() => rows.toSorted((a, b) => a.customer.localeCompare(b.customer) || byNumber(a, b))
	];
	return ways.map((way) => {
		const started = performance.now();
		way();
		return performance.now() - started;
	});
}
