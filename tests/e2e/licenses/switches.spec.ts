/** What a license's customer switches by themselves, and what has happened to a license. [P7] */
import type { Page } from '@playwright/test';
import { LicenseOffice } from '../../journeys/license-office.ts';
import { expectSoundEverywhere } from '../expect-sound.ts';
import { expect, test } from '../fixtures.ts';
import { openAt } from '../open-at.ts';
import { issueOwn } from '../own-license.ts';
import { signInAs } from '../signing-in.ts';

const order = { product: 'harbor-backup', entitlements: ['backup', 'remote-management'], seats: 3 };

test('[P7, PE1] a technician sees what is on, and switches nothing', async ({ page, hub }) => {
	const { number } = await issueOwn(hub, order);
	await signInAs(page, hub, 'technician');
	await openAt(page, `/licenses/${number}`, hub.address);
	await expect(page.getByText('From version 5.2')).toBeVisible();
	await expect(page.getByRole('switch')).toHaveCount(0);
});

test('[P7] near its end a license leads to the store; what happened to it is shown on demand', async ({
	page,
	hub
}) => {
	const { number } = await issueOwn(hub, { ...order, expiresAt: soon() });
	await signInAs(page, hub, 'manager');
	await openAt(page, `/licenses/${number}`, hub.address);
	await page.getByRole('switch', { name: 'Remote management' }).click();
	await expect(page.getByText('Not sent yet')).toBeHidden();
	await expect(page.getByRole('link', { name: 'Renew' })).toHaveAttribute(
		'href',
		'https://store.example.com/harbor-backup'
	);
	const history = page.getByRole('listitem').filter({ hasText: 'remote-management: off' });
	// As the server knows it: what was just switched may be on its way.
	await expect(async () => {
		await page.reload();
		await page.getByRole('button', { name: 'Show history' }).click();
		await expect(history).toContainText('Feature switched', { timeout: 5_000 });
	}).toPass();
	await expect(history).toContainText('Max Manager');
	await expectSoundEverywhere(page, 'the history of a license');
});

test('[P7, CH1] two managers switch offline, and staff meanwhile: each is shown both values, one keeps theirs and one gives way', async ({
	browser,
	hub
}) => {
	const office = new LicenseOffice(hub);
	const { number } = await issueOwn(hub, order);
	const contexts = await Promise.all([browser.newContext(), browser.newContext()]);
	try {
		const [max, olga] = await Promise.all(
			['manager', 'owner'].map(async (role, at) => {
				const page = await contexts[at]!.newPage();
				await signInAs(page, hub, role);
				await openAt(page, `/licenses/${number}`, hub.address);
				await expect(remote(page)).toBeChecked();
				await contexts[at]!.setOffline(true);
				await remote(page).click();
				await expect(page.getByText('Not sent yet')).toBeVisible();
				return page;
			})
		);
		for (const value of ['off', 'on'])
			await office.asks('license', 'allow', number, 'remote-management', value);

		for (const [at, page] of [max!, olga!].entries()) {
			await contexts[at]!.setOffline(false);
			const two = page.getByRole('group', { name: 'Switched twice' });
			await expect(two).toContainText('Stella Staff changed it');
			await expect(two.locator('dt')).toHaveText(['Yours', 'Stella Staff']);
			await expect(two.locator('dd')).toHaveText(['Off', 'On']);
			await expect(remote(page)).toHaveCount(0);
		}
		await expectSoundEverywhere(max!, 'an entitlement switched twice');
		await olga!.getByRole('button', { name: 'Take theirs' }).click();
		await expect(remote(olga!)).toBeChecked();
		await max!.getByRole('button', { name: 'Keep mine' }).click();
		for (const page of [max!, olga!]) {
			await expect(async () => {
				await page.evaluate(() => dispatchEvent(new Event('online')));
				await expect(remote(page)).not.toBeChecked({ timeout: 3_000 });
				await expect(page.getByText('Not sent yet')).toHaveCount(0, { timeout: 3_000 });
			}).toPass();
		}
	} finally {
		for (const context of contexts) await context.close();
		office.field.clear();
	}
});

const remote = (page: Page) => page.getByRole('switch', { name: 'Remote management' });

/** In ten days, to the second. */
function soon(): number {
	return Math.floor(Date.now() / 1000) + 10 * 86_400;
}
