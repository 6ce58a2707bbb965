/** The server in the vendor's console: its audit log, its keys, its mail. */
import { expectSoundEverywhere } from '../expect-sound.ts';
import { expect, online, test } from '../fixtures.ts';
import { openAt } from '../open-at.ts';
import { signInAs } from '../signing-in.ts';

test.use(online);
test.use({ locale: 'en-GB', viewport: { width: 1280, height: 760 } });

test('[AU1] the audit log and the server are sound everywhere, and say what was done', async ({
	page,
	demo,
	hub
}) => {
	const { number } = demo.licenses.find(({ seats }) => seats === 25)!;
	await signInAs(page, hub, 'staff');
	await openAt(page, '/vendor/audit');
	await expect(page.getByText(/^\d+ entr/)).toBeVisible();
	await expect(page.getByRole('link', { name: 'Server', exact: true })).toHaveCount(0);
	await expectSoundEverywhere(page, 'audit-vendor');
	await page.getByRole('button', { name: 'Of: The vendor' }).click();
	await page.getByRole('dialog').getByLabel('Customer').fill('Example');
	await page.getByRole('button', { name: 'Example GmbH' }).click();
	await page.getByRole('searchbox').fill(number);
	await expect(page.getByText('License issued')).toHaveCount(1);
	await expect(page.getByRole('link', { name: number }).first()).toBeVisible();
	await expectSoundEverywhere(page, 'audit');
	await page.getByRole('searchbox').fill('nobody like this');
	await expect(page.getByText('Nothing found')).toBeVisible();
	await expect(page).toHaveURL(/audit\?customer=.*&q=nobody/);
});

test('[KE1, MS1] an admin sees the keys of the server and what became of its mail', async ({
	page,
	hub
}) => {
	await signInAs(page, hub, 'admin');
	await openAt(page, '/vendor/server');
	await expect(page.getByText('Signs', { exact: true })).toBeVisible();
	await page.getByLabel('To', { exact: true }).fill('somebody@example.com');
	await page.getByRole('button', { name: 'Send a test message' }).click();
	await expect(page.locator('main').getByText('somebody@example.com').first()).toBeVisible();
	await expectSoundEverywhere(page, 'server');
});
