/**
 * What a desk can be used for while its first sync is under way: when Lookup shows rows and says that more are coming, and
 * when the card of a license that has come is there for its number.
 *
 * @module
 */
import type { BrowserContext, Page } from '@playwright/test';

export type FirstRows = {
	/** Rows and how far the first sync is are on the screen; by the browser's clock, in milliseconds. */
	rowsAt: number;
	/** So is the card of a license, looked up by its number as soon as rows were there. */
	cardAt: number;
	/** Whether the first sync was under way even then. */
	isUnderWay: boolean;
};

/** @param page - A desk that somebody has just signed in to. */
export async function watchFirstRows(page: Page): Promise<FirstRows> {
	// A link within the page: an address that is set from outside loads it anew.
	await page.locator('a[href="#/lookup"]').first().click();
	return page.evaluate(async () => {
		/** Once it has been painted. */
		const seen = (isThere: () => boolean) =>
			new Promise<number>((resolve) => {
				const look = () => {
					if (!isThere()) return;
					changes.disconnect();
					requestAnimationFrame(() => setTimeout(() => resolve(Date.now())));
				};
				const changes = new MutationObserver(look);
				changes.observe(document, { childList: true, subtree: true, characterData: true });
				look();
			});
		const has = (sign: string) => document.querySelector(sign) !== null;
		const rowsAt = await seen(() => has('a.row') && has('.first-sync progress[value]'));
		const open = indexedDB.open(`keyferry-desk-${localStorage.getItem('keyferry-owner')}`);
		const db = await new Promise<IDBDatabase>((resolve, reject) => {
			open.onsuccess = () => resolve(open.result);
			open.onerror = () => reject(new Error(open.error?.name));
		});
		const ask = <T>(request: IDBRequest<T>) =>
			new Promise<T>((resolve, reject) => {
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(new Error(request.error?.name));
			});
		const names = db.transaction('blockNames').objectStore('blockNames').index('table');
		const blocks = (await ask(names.getAll('licenses'))) as { names: string }[];
		const number = blocks.at(-1)!.names.split('\n').at(-1)!;
		const field = document.querySelector<HTMLInputElement>('input[type=search]')!;
		// As fast as a person with the number in the clipboard.
		field.value = number.toUpperCase();
		field.dispatchEvent(new InputEvent('input', { bubbles: true }));
		const cardAt = await seen(() => has('article'));
		const states = db.transaction('states').objectStore('states');
		const isUnderWay = (await ask(states.get('firstSync'))) !== undefined;
		db.close();
		return { rowsAt, cardAt, isUnderWay };
	});
}

/** Signs in on a page of its own. @returns When that was asked for, by the same clock. */
export async function signInAs(
	context: BrowserContext,
	address: string,
	{ email, password }: { email: string; password: string }
): Promise<{ page: Page; clicked: number }> {
	const page = await context.newPage();
	await page.goto(`${address}/#/sign-in`);
	await page.getByLabel('Email').fill(email);
	await page.getByLabel('Password').fill(password);
	const clicked = Date.now();
	// Whoever signs in sees a desk of their own.
	const loaded = page.waitForEvent('load');
	await page.getByRole('button', { name: 'Sign in' }).click();
	await loaded;
	// The database is there before anything is drawn.
	await page.locator('main h1').waitFor();
	return { page, clicked };
}
