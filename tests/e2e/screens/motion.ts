/**
 * What moves on a page, seen in every frame from its load on.
 *
 * @module
 */
import type { BrowserContext, Page } from '@playwright/test';

declare global {
	/** Only on pages that `watchMotion` watches: what moved, and for how many milliseconds. */
	var moved: Set<string>;
}

/** An animation that ends within a frame is none. */
const FRAME_MS = 16;

export async function watchMotion(context: BrowserContext): Promise<void> {
	await context.addInitScript((frame) => {
		globalThis.moved = new Set();
		const look = () => {
			for (const animation of document.getAnimations()) {
				const { effect } = animation;
				const end = Number(effect?.getComputedTiming().endTime ?? 0);
				const { target } = effect as KeyframeEffect;
				if (end > frame) globalThis.moved.add(`${target?.tagName}.${target?.className}: ${end} ms`);
			}
			requestAnimationFrame(look);
		};
		requestAnimationFrame(look);
	}, FRAME_MS);
}

/** @returns What has moved since the page was loaded. */
export function motionOf(page: Page): Promise<string[]> {
	return page.evaluate(() => [...globalThis.moved]);
}
