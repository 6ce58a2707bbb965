import { expect, test } from './fixtures.ts';
import { openAt } from './open-at.ts';

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
