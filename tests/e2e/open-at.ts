/**
 * Going to a screen by its address, as from a bookmark.
 *
 * @module
 */

import type { Page } from '@playwright/test';
import { expect } from './fixtures.ts';

/**
 * Ends when the screen is there, whatever was shown before. Where only the part after `#` differs,
 * `goto` answers at once and the router loads the page anew afterwards: until then a test would see the
 * screen before, or go on to another one too early for this one to have been left. From an empty page
 * it is one load, which `goto` waits for. What was just saved is to be seen first, as a person would
 * who leaves the page.
 *
 * @param path - What follows `#`, such as `/settings`.
 * @param address - Of the hub or the file, where it is not the context's own.
 */
export async function openAt(page: Page, path: string, address = '/'): Promise<void> {
	await page.goto('about:blank');
	await page.goto(`${address}#${path}`);
	await expect(page.locator('main h1')).toBeVisible();
	await expect(page.locator('.skeleton')).toHaveCount(0);
}
