/** Products and licenses in the vendor's console: shown, issued, upgraded. */
import { expectSoundEverywhere } from '../expect-sound.ts';
import { expect, online, test } from '../fixtures.ts';
import { openAt } from '../open-at.ts';
import { signInAs } from '../signing-in.ts';

test.use(online);
test.use({ locale: 'en-GB', viewport: { width: 1280, height: 760 } });

test('products are sound everywhere', async ({ page, hub }) => {
	await signInAs(page, hub, 'staff');
	await openAt(page, '/vendor/products');
	await expectSoundEverywhere(page, 'products');
	await openAt(page, '/vendor/product');
	await page.getByRole('main').getByRole('button', { name: 'Add product' }).click();
	await expectSoundEverywhere(page, 'product-add');
	await openAt(page, '/vendor/product/atlas-server');
	await expectSoundEverywhere(page, 'product');
});

test('licenses are sound everywhere', async ({ page, demo, hub }) => {
	await signInAs(page, hub, 'staff');
	await openAt(page, '/vendor/licenses');
	await expectSoundEverywhere(page, 'licenses');
	const { number } = demo.licenses.find(({ seats }) => seats === 25)!;
	await openAt(page, `/vendor/license/${number}`);
	await expectSoundEverywhere(page, 'license');
	for (const name of ['Renew or change', 'Upgrade', 'Suspend', 'Move']) {
		await page.getByRole('main').getByRole('button', { name }).click();
		await expect(page.getByRole('dialog')).toBeVisible();
		await expectSoundEverywhere(page, `license-${name.split(' ')[0]}`);
		await page.keyboard.press('Escape');
	}
	await page.getByRole('link', { name: 'Example GmbH' }).click();
	await expect(page.getByRole('heading', { level: 1, name: 'Example GmbH' })).toBeVisible();
	await expect(page.locator('.skeleton')).toHaveCount(0);
	await expectSoundEverywhere(page, 'customer');
	await openAt(page, '/vendor/license/KF-0000-0000-0000');
	await expectSoundEverywhere(page, 'license-unknown');
});

test('[UP1, TR1] a trial is issued, and upgraded to a license that each shows the other of', async ({
	page,
	hub
}) => {
	await signInAs(page, hub, 'staff');
	await openAt(page, '/vendor/issue');
	await page.getByRole('main').getByLabel('Customer', { exact: true }).fill('Example');
	await page.getByRole('button', { name: 'Example GmbH' }).click();
	await page.getByLabel('Product', { exact: true }).selectOption('Atlas Server');
	await page.getByLabel('Versions from').fill('8');
	await page.getByLabel('Trial', { exact: true }).check();
	await page.getByLabel('Days', { exact: true }).fill('0');
	await page.getByRole('button', { name: 'Sign and issue' }).click();
	await expect(page.getByText('Enter a whole number from 1 to 3,650.')).toBeVisible();
	await page.getByLabel('Days', { exact: true }).fill('30');
	await expect(page.getByText(/a trial of 30 days from the first activation on/)).toBeVisible();
	await expectSoundEverywhere(page, 'issue-trial');
	await page.getByRole('button', { name: 'Sign and issue' }).click();
	await page.getByRole('link', { name: 'Open license' }).click();
	await expect(page.getByText('Trial: 30 days from the first activation on.')).toBeVisible();
	const number = new URL(page.url()).hash.split('/').at(-1)!;

	await page.getByRole('main').getByRole('button', { name: 'Upgrade' }).click();
	const dialog = page.getByRole('dialog');
	await expect(dialog.getByText(/They name the new number|it names the new number/)).toBeVisible();
	await dialog.getByLabel('Edition').fill('Enterprise');
	await dialog.getByRole('button', { name: 'Sign and upgrade' }).click();
	await expect(page.getByText(`An upgrade of ${number}.`)).toBeVisible();
	await expect(page.getByText(/Atlas Server Enterprise, .*never expires/)).toBeVisible();
	await expectSoundEverywhere(page, 'license-upgrade-of');
	await page.getByRole('link', { name: `An upgrade of ${number}.` }).click();
	await expect(page.getByText(/^Upgraded: license KF-/)).toBeVisible();
	await expect(page.getByRole('main').getByRole('button', { name: 'Upgrade' })).toHaveCount(0);
	await expectSoundEverywhere(page, 'license-upgraded');
});

test('issuing is sound everywhere, in English and in German', async ({ page, hub }) => {
	await signInAs(page, hub, 'staff');
	await openAt(page, '/vendor/issue');
	await expectSoundEverywhere(page, 'issue-empty');
	await page.getByLabel('Product', { exact: true }).selectOption('Atlas Server');
	await expectSoundEverywhere(page, 'issue');
	await openAt(page, '/settings');
	await page.getByRole('radio', { name: 'Deutsch' }).check();
	await expect(page.getByRole('heading', { name: 'Einstellungen' })).toBeVisible();
	await openAt(page, '/vendor/issue');
	await page.getByLabel('Produkt', { exact: true }).selectOption('Atlas Server');
	await expect(page.getByText(/^Atlas Server Standard, 1 Platz, 1 Client/)).toBeVisible();
	await expectSoundEverywhere(page, 'issue-German');
});
