import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { openAt } from '../open-at.ts';

test.use({ viewport: { width: 360, height: 740 }, locale: 'en-GB', serviceWorkers: 'block' });

test('[DK5] a part that is loaded when it is asked for, and does not come, says so where one looks', async ({
	page
}) => {
	await openAt(page, '/lookup');
	const scan = page.getByRole('button', { name: 'Scan' });
	await page.route('**/*.js', (route) => route.abort());
	await scan.click();
	const said = page.getByRole('alert').filter({ hasText: 'This part could not be loaded.' });
	await expect(said).toBeInViewport();
	await page.unroute('**/*.js');
	await said.getByRole('button', { name: 'Reload' }).click();
	await expect(said).toHaveCount(0);
	await scan.click();
	await expect(page.getByRole('dialog')).toBeVisible();
});

test('[DK1] a screen whose files are long on their way shows that it comes', async ({ page }) => {
	await openAt(page, '/lookup');
	const arrive = await holdScripts(page);
	await page.getByRole('link', { name: 'Requests' }).click();
	const coming = page.getByRole('progressbar', { name: 'Opening the screen' });
	await expect(coming).toBeVisible();
	arrive();
	await expect(page.getByRole('heading', { level: 1, name: 'Requests' })).toBeVisible();
	await expect(coming).toHaveCount(0);
});

test('[DK1] until the files of the first screen are here, the window is not empty', async ({
	page
}) => {
	const arrive = await holdScripts(page);
	await page.goto('/#/', { waitUntil: 'commit' });
	const opening = page.locator('#opening');
	await expect(opening).toBeVisible();
	arrive();
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	await expect(opening).toBeHidden();
});

/** Keeps scripts on their way. @returns What lets them arrive. */
async function holdScripts(page: Page): Promise<() => void> {
	const here = Promise.withResolvers<undefined>();
	await page.route('**/*.js', async (route) => {
		await here.promise;
		await route.continue();
	});
	return () => here.resolve(undefined);
}
