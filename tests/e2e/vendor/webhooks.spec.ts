/** Webhooks in the vendor's console. [WH1] */
import { startHub } from '../../fixtures/running-hub.ts';
import { startReceiver } from '../../fixtures/webhook-receiver.ts';
import { expectSoundEverywhere } from '../expect-sound.ts';
import { expect, online, test } from '../fixtures.ts';
import { openAt } from '../open-at.ts';
import { issueOwn } from '../own-license.ts';
import { signInAs } from '../signing-in.ts';

test.use(online);
test.use({ locale: 'en-GB', viewport: { width: 1280, height: 760 } });

test('[WH1] an admin has another server told of events, and sees what it answered', async ({
	browser
}) => {
	const hub = await startHub({ args: ['--webhooks-to-lan'] });
	const receiver = await startReceiver();
	receiver.answers = [503];
	try {
		const context = await browser.newContext({ baseURL: hub.address, locale: 'en-GB' });
		const page = await context.newPage();
		await signInAs(page, hub, 'admin');
		await openAt(page, '/vendor/webhooks');
		await expect(page.getByText('No webhooks yet')).toBeVisible();
		await page.getByRole('button', { name: 'Add webhook' }).click();
		const dialog = page.getByRole('dialog');
		await dialog.getByRole('button', { name: 'Add', exact: true }).click();
		await expect(dialog.getByText(/^Enter an address/)).toBeVisible();
		await expectSoundEverywhere(page, 'webhook add');
		await dialog.getByLabel('Address').fill(receiver.url);
		await dialog.getByLabel('License changed').uncheck();
		await dialog.getByRole('button', { name: 'Add', exact: true }).click();
		await expect(dialog.getByText(/shown this once/)).toBeVisible();
		receiver.trust(await dialog.locator('code').innerText());
		await dialog.getByRole('button', { name: 'Done' }).click();
		await expect(page.getByText('9 kinds of events')).toBeVisible();
		await expect(page.getByText('Nothing was told yet')).toBeVisible();

		const { number } = await issueOwn(hub);
		const seen = (what: RegExp | string) =>
			expect(async () => {
				await page.getByRole('button', { name: 'Refresh' }).click();
				await expect(page.getByText(what).first()).toBeVisible({ timeout: 2_000 });
			}).toPass({ timeout: 120_000 });
		await expect.poll(() => receiver.calls(), { timeout: 120_000 }).toBeGreaterThan(0);
		await seen('License created');
		await expect(page.getByRole('link', { name: number })).toBeVisible();
		await expectSoundEverywhere(page, 'webhook log');
		await expect.poll(() => receiver.received.length, { timeout: 120_000 }).toBe(1);
		await seen(/2 tries/);
		await expect(page.getByText('Sent', { exact: true })).toBeVisible();
		await page.getByRole('button', { name: 'Turn off' }).click();
		await expect(page.getByRole('button', { name: 'Turn on' })).toBeVisible();
		await page.getByRole('button', { name: 'New secret' }).click();
		await dialog.getByRole('button', { name: 'New secret' }).click();
		await expect(dialog.getByText(/shown this once/)).toBeVisible();
		await dialog.getByRole('button', { name: 'Done' }).click();
		await page.getByLabel('Given up only').check();
		await expect(page.getByText('Nothing found')).toBeVisible();
		await page.getByRole('button', { name: 'Remove' }).click();
		await dialog.getByRole('button', { name: 'Remove' }).click();
		await expect(page.getByText('No webhooks yet')).toBeVisible();
		await expectSoundEverywhere(page, 'webhooks none');
		await context.close();
	} finally {
		await receiver.close();
		await hub.stop();
	}
});
