/**
 * The lists of 100,000 licenses and of 300,000 activations as they are worked with: another filter, another
 * order, and the longest task while somebody types, scrolls, or types before everything has been read;
 * filters and orders beside plain ones over the rows of licenses.
 *
 * @module
 */
import type { Page } from '@playwright/test';
import { activationOrders } from '#lib/search/activations/activation-order.ts';
import { chosenFilters } from '#lib/search/activations/activation-table.ts';
import { licenseFilters } from '#lib/search/licenses/license-filter.ts';
import { licenseOrders } from '#lib/search/licenses/license-order.ts';
import { percentile } from './chromium.ts';
import { openFilledDesk, waitForAll, type FilledDesk } from './filled-desk.ts';
import { MainThread } from './main-thread.ts';
import type { Result } from './result.ts';

const WIDE = { width: 1280, height: 800 };
const PAUSE_MS = 400;
const CHANGE_BAR_MS = 50;
const TASK_BAR_MS = 100;
const WHEELS = 40;

type List = {
	path: string;
	said: string;
	filters: readonly string[];
	orders: readonly string[];
	/** Is typed, letter by letter. */
	text: string;
};

const LISTS: readonly List[] = [
	{
		path: '/licenses',
		said: '100,000 licenses',
		filters: licenseFilters,
		orders: licenseOrders,
		text: 'meridian rack-04'
	},
	{
		path: '/activations',
		said: '300,000 activations',
		filters: chosenFilters,
		orders: activationOrders,
		text: 'works 17 rack-04'
	}
];

export async function lists(): Promise<Result[]> {
	const desk = await openFilledDesk();
	const results: Result[] = [];
	for (const slower of [1, 4])
		for (const list of LISTS) {
			const page = await openList(desk);
			results.push(...(await measure(page, `${desk.address}/#${list.path}`, { list, slower })));
			console.error(results);
			await page.close();
		}
	await desk.close();
	return results;
}

type Case = { list: List; slower: number };

async function measure(page: Page, address: string, { list, slower }: Case): Promise<Result[]> {
	const results: Result[] = [];
	const thread = await MainThread.of(page, slower);
	await page.goto(address);
	await page.locator('a.row').first().waitFor();
	const early = await thread.longestTask(() => type(page, list.text));
	await waitForAll(page);
	const raw = percentile(await page.evaluate(changePlainly), 95);
	const add = (name: string, figure: number, bar: number) =>
		results.push({
			name: `${name}${slower > 1 ? `, slowed ${slower} ×` : ''}`,
			figure,
			unit: 'ms',
			raw,
			ratio: figure / raw,
			bar: `< ${bar} ms`,
			reached: figure < bar
		});
	if (slower === 1) {
		const filters = list.filters.map((filter) => `is=${filter}`);
		const orders = list.orders.flatMap((by) => [`sort=${by}`, `sort=-${by}`]);
		for (const [what, changes] of Object.entries({ filter: filters, order: orders })) {
			const took = await changeAll(page, thread, { path: list.path, changes });
			add(`Another ${what} of ${list.said}, p95`, percentile(took, 95), CHANGE_BAR_MS);
		}
	}
	const typing = await thread.longestTask(() => type(page, list.text));
	const scrolling = await thread.longestTask(() => scroll(page));
	for (const [what, figure] of Object.entries({
		typing,
		scrolling,
		'typing while all is being read': early
	}))
		add(`${list.said}: longest task while ${what}`, figure, TASK_BAR_MS);
	return results;
}

async function openList(desk: FilledDesk): Promise<Page> {
	// Nothing of the desk is in memory.
	const page = await (await desk.reopen()).newPage();
	await page.setViewportSize(WIDE);
	return page;
}

async function type(page: Page, text: string): Promise<void> {
	const field = page.getByRole('searchbox').first();
	await field.fill('');
	await field.pressSequentially(text, { delay: 80 });
	for (let back = 0; back < text.length; back++)
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
	{ path, changes }: { path: string; changes: readonly string[] }
): Promise<number[]> {
	const took: number[] = [];
	const go = (query: string) => page.evaluate(follow, `#${path}${query}`);
	for (const change of changes) {
		await go('');
		await page.waitForTimeout(PAUSE_MS);
		took.push(await thread.busyWith(() => go(`?${change}`), PAUSE_MS));
	}
	return took;
}

/** Runs on the page. As by a click on a link: an address that is set from outside loads the page anew. */
function follow(href: string): void {
	const link = document.createElement('a');
	link.href = href;
	document.querySelector('main')!.append(link);
	link.click();
	link.remove();
}

/** Milliseconds for rows picked and put in order by comparing them, nothing of which is drawn. */
async function changePlainly(): Promise<number[]> {
	const db = await new Promise<IDBDatabase>((resolve, reject) => {
		const asked = indexedDB.open('keyferry-desk');
		asked.onsuccess = () => resolve(asked.result);
		asked.onerror = () => reject(new Error(asked.error?.name));
	});
	type Row = { number: string; customer: string; seats: number; maintainedUntil: number };
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
