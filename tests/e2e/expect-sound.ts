/**
 * What holds of every screen: nothing for axe to find, and nothing to be scrolled sideways.
 *
 * @module
 */

import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { savePicture } from './save-picture.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** @param what - Names the screen where something is found. */
export async function expectSound(page: Page, what = page.url()): Promise<void> {
	// Colors that are on their way have no contrast of their own.
	await page.evaluate(() =>
		Promise.allSettled(
			document
				.getAnimations()
				.filter((each) => each instanceof CSSTransition)
				// What is folded away stands still: it would be waited for without end.
				.filter(({ effect }) => (effect as KeyframeEffect).target?.checkVisibility())
				.map(({ finished }) => finished)
		)
	);
	// In the page itself: the desk has no frames whose findings another page would have to bring together.
	const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(TAGS).analyze();
	expect(
		violations.map(({ id, nodes }) => `${what}: ${id} ${nodes[0]?.html}`),
		what
	).toEqual([]);
	const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
	expect(beyond, `${what} is wider than the screen`).toBeLessThanOrEqual(0);
}

/** Contrast is no matter of the width, and what runs over the edge none of the color: each is seen once. */
export const looks = [
	{ colorScheme: 'light', width: 360 },
	{ colorScheme: 'dark', width: 1280 }
] as const;
const pictured = [
	...looks,
	{ colorScheme: 'light', width: 1280 },
	{ colorScheme: 'dark', width: 360 }
] as const;

/** On a phone and on a wide screen, in both color schemes; pictures of all four where `SCREENSHOTS` names a folder. */
export async function expectSoundEverywhere(page: Page, what = page.url()): Promise<void> {
	const before = page.viewportSize();
	for (const { colorScheme, width } of process.env.SCREENSHOTS ? pictured : looks) {
		await page.emulateMedia({ colorScheme });
		await page.setViewportSize({ width, height: 760 });
		await expectSound(page, `${what}, ${colorScheme}, ${width} pixels wide`);
		await savePicture(page, `${what}-${colorScheme}-${width}`);
	}
	if (before) await page.setViewportSize(before);
}
