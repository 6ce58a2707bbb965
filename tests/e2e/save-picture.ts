/**
 * Pictures of screens, for whoever wants to look at them: where `SCREENSHOTS` names a folder.
 *
 * @module
 */
import { join } from 'node:path';
import type { Page } from '@playwright/test';

const folder = process.env.SCREENSHOTS;

/** The whole page, under a name. */
export async function savePicture(page: Page, name: string): Promise<void> {
	if (folder === undefined) return;
	const path = join(folder, `${name.replace(/\W+/g, '-')}.png`);
	await page.screenshot({ path, fullPage: true, animations: 'disabled' });
}
