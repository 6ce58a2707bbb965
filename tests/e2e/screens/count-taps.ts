/**
 * How often somebody touches the screen for something: by what the page hears, not by what a test means
 * to do.
 *
 * @module
 */
import type { BrowserContext, Page } from '@playwright/test';
import { expect } from '../fixtures.ts';

declare global {
	var touched: { taps: number; fields: Set<EventTarget> };
}

/** Where a task begins: what follows `#`, and the heading there. */
export type TaskStart = { path: string; heading: string };

/** Pages that are opened from now on hear every tap. */
export async function hearTaps(context: BrowserContext): Promise<void> {
	await context.addInitScript(() => {
		// A page that is loaded anew has lost count, and says so.
		globalThis.touched = { taps: Number.NaN, fields: new Set() };
		const isField = (target: EventTarget | null): target is Element =>
			target instanceof Element &&
			target.matches('textarea, select, input:not([type=checkbox], [type=radio], [type=file])');
		const hear = ({ target, type }: Event) => {
			if (isField(target)) globalThis.touched.fields.add(target);
			else if (type === 'pointerup') globalThis.touched.taps++;
		};
		for (const type of ['pointerup', 'input']) addEventListener(type, hear, { capture: true });
	});
}

/**
 * Does something from a screen on, which is gone to without loading the page: so it works offline too.
 *
 * @returns How many taps it took; a field that is filled in is one, whatever is entered or chosen there.
 */
export async function countTaps(
	page: Page,
	{ path, heading }: TaskStart,
	act: () => Promise<void>
): Promise<number> {
	await page.evaluate((path) => (location.hash = path), `#${path}`);
	await expect(page.locator('main h1')).toHaveText(heading);
	await expect(page.locator('.skeleton')).toHaveCount(0);
	await page.evaluate(() => (globalThis.touched = { taps: 0, fields: new Set() }));
	await act();
	return page.evaluate(() => globalThis.touched.taps + globalThis.touched.fields.size);
}
