/**
 * Walking through a screen by the Tab key alone.
 *
 * @module
 */
import { expect, type Page } from '@playwright/test';

/** @param most - How many steps are taken. @param what - Names the screen where something is found. */
export async function expectTabbable(page: Page, what: string, most = 9): Promise<void> {
	await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
	const found: string[] = [];
	for (let step = 0; step < most; step++) {
		await page.keyboard.press('Tab');
		const flaw = await page.evaluate(judgeFocus);
		if (flaw) found.push(flaw);
	}
	expect.soft(found, `${what}, by keyboard`).toEqual([]);
}

/** Runs on the page: whether what has the focus is seen, and seen to have it. */
function judgeFocus(): string | undefined {
	const at = document.activeElement as HTMLElement | null;
	if (!at || at === document.body) return undefined;
	const name = `${at.tagName.toLowerCase()} “${(at.ariaLabel ?? at.textContent).trim().slice(0, 50)}”`;
	const { left, top, right, bottom } = at.getBoundingClientRect();
	const isSeen = right > 0 && left < innerWidth && bottom > 0 && top < innerHeight;
	if (!isSeen) return `out of sight: ${name}`;
	// What is chosen among several draws the ring around the whole.
	const ringed = [at, at.parentElement, ...((at as HTMLInputElement).labels ?? [])];
	const isRinged = ringed.some((each) => {
		if (!each) return false;
		const { outlineStyle, outlineWidth } = getComputedStyle(each);
		return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1;
	});
	// A date has three parts, and the browser marks the one that is filled in.
	const isDate = at.matches('input[type=date]');
	if (!isRinged && !isDate) return `without a ring: ${name}`;
	const [x, y] = [(left + right) / 2, Math.min((top + bottom) / 2, innerHeight - 1)];
	const over = document.elementFromPoint(Math.max(0, Math.min(x, innerWidth - 1)), Math.max(0, y));
	const isFree = !over || over.contains(at) || at.contains(over);
	const isLabel = [...((at as HTMLInputElement).labels ?? [])].some((label) =>
		label.contains(over)
	);
	return isFree || isLabel ? undefined : `covered: ${name}`;
}
