/**
 * The desk's start with no network over 100,000 licenses and 300,000 activations, the processor slowed four times: from the
 * address to a list that can be used, and to the card of a license whose number was typed at once;
 * beside opening the database and reading as many rows on an empty page.
 *
 * @module
 */
import type { BrowserContext, Page } from '@playwright/test';
import { percentile, slowDown } from './chromium.ts';
import { openFilledDesk } from './filled-desk.ts';
import type { Result } from './result.ts';

const SLOWER = 4;
const TIMES = 5;
const BAR_MS = 1000;

export async function coldStart(): Promise<Result[]> {
	const desk = await openFilledDesk();
	const lists: number[] = [];
	const cards: number[] = [];
	const raws: number[] = [];
	for (let time = 0; time < TIMES; time++) {
		// A new browser each time: nothing of the desk is in memory.
		const list = { screen: 'licenses', sign: 'a.row' };
		lists.push(await timeTo(await desk.reopen(), desk.address, list));
		const card = { screen: 'lookup', sign: 'article', number: desk.number };
		cards.push(await timeTo(await desk.reopen(), desk.address, card));
		raws.push(await rawStart(await desk.reopen(), desk.address));
	}
	console.error({ lists, cards, raws });
	await desk.close();
	const raw = percentile(raws, 50);
	const line = (name: string, times: readonly number[]): Result => {
		const figure = percentile(times, 50);
		const reached = figure < BAR_MS;
		const bar = `< ${BAR_MS} ms`;
		return { name, figure, unit: 'ms', raw, ratio: figure / raw, bar, reached };
	};
	return [
		line(`Offline cold start to the list, slowed ${SLOWER} ×, median`, lists),
		line(`Offline cold start to an exact lookup, slowed ${SLOWER} ×, median`, cards)
	];
}

type Goal = { screen: string; sign: string; number?: string };

/**
 * Milliseconds from the navigation until the sign has been painted. What looks for it costs next to
 * nothing itself: no frames of its own, and nothing is sent to the page before the sign is there.
 */
async function timeTo(context: BrowserContext, address: string, goal: Goal): Promise<number> {
	const page = await startPage(context);
	await page.addInitScript(({ sign, number }) => {
		const look = () => {
			const field = document.querySelector<HTMLInputElement>('input[type=search]');
			if (number !== undefined && field && field.value === '') {
				// As fast as a person with the number in the clipboard.
				field.value = number;
				field.dispatchEvent(new InputEvent('input', { bubbles: true }));
			}
			if (!document.querySelector(sign)) return;
			changes.disconnect();
			// What comes after a frame's callbacks comes after its painting.
			requestAnimationFrame(() => setTimeout(() => console.debug('seen', performance.now())));
		};
		const changes = new MutationObserver(look);
		changes.observe(document, { childList: true, subtree: true });
	}, goal);
	const told = page.waitForEvent('console', (message) => message.text().startsWith('seen '));
	await page.goto(`${address}/#/lookup`, { waitUntil: 'commit' });
	return Number((await told).text().split(' ')[1]);
}

async function rawStart(context: BrowserContext, address: string): Promise<number> {
	const page = await startPage(context);
	// Kept for offline use like the desk, and no program.
	await page.goto(`${address}/icon.svg`);
	return page.evaluate(async () => {
		const started = performance.now();
		const db = await new Promise<IDBDatabase>((resolve, reject) => {
			const asked = indexedDB.open('keyferry-desk');
			asked.onsuccess = () => resolve(asked.result);
			asked.onerror = () => reject(new Error(asked.error?.name));
		});
		await new Promise((resolve, reject) => {
			const asked = db.transaction('licenseBlocks').objectStore('licenseBlocks').get(1);
			asked.onsuccess = resolve;
			asked.onerror = () => reject(new Error(asked.error?.name));
		});
		return performance.now() - started;
	});
}

async function startPage(context: BrowserContext): Promise<Page> {
	const page = await context.newPage();
	await slowDown(page, SLOWER);
	return page;
}
