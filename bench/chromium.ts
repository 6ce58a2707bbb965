/**
 * Real Chromium, with a profile that can be opened again.
 *
 * @module
 */
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { findChromium } from '../scripts/find-chromium.ts';

const PHONE = { width: 360, height: 740 };

export function openProfile(folder: string): Promise<BrowserContext> {
	return chromium.launchPersistentContext(folder, {
		executablePath: findChromium().executable,
		args: ['--no-sandbox', '--disable-gpu'],
		viewport: PHONE,
		locale: 'en-GB'
	});
}

/** Slows the page's processor: 4 is a cheap phone beside a desktop. */
export async function slowDown(page: Page, times: number): Promise<void> {
	const session = await page.context().newCDPSession(page);
	await session.send('Emulation.setCPUThrottlingRate', { rate: times });
}

/** The value below which so many percent of the others lie. */
export function percentile(values: readonly number[], percent: number): number {
	const sorted = values.toSorted((one, other) => one - other);
	return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))]!;
}
