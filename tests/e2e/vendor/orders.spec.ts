/** Orders of a store in the vendor's console. [OR1] */
import { Webhook } from 'standardwebhooks';
import { expectSoundEverywhere } from '../expect-sound.ts';
import { expect, test } from '../fixtures.ts';
import { openAt } from '../open-at.ts';
import { signInAs } from '../signing-in.ts';

test.use({ locale: 'en-GB', viewport: { width: 1280, height: 760 } });

test('[OR1] staff see what a store has told of, why it failed, and replay it; the license says its purchase', async ({
	browser,
	page,
	demo,
	hub
}) => {
	await signInAs(page, hub, 'admin');
	await openAt(page, '/vendor/orders');
	await page.getByRole('link', { name: 'Store secrets' }).first().click();
	await page.getByRole('button', { name: 'Make a secret' }).click();
	const dialog = page.getByRole('dialog');
	await dialog.getByRole('button', { name: 'Make', exact: true }).click();
	await dialog.getByLabel('Name of the store').fill('Winter store');
	await dialog.getByRole('button', { name: 'Make', exact: true }).click();
	await expect(dialog.getByText(/shown this once/)).toBeVisible();
	const webhook = new Webhook(await dialog.locator('code').innerText());
	await expectSoundEverywhere(page, 'store secret made');
	await dialog.getByRole('button', { name: 'Done' }).click();
	await expect(page.getByText(/^Made .* never used$/)).toBeVisible();

	const tell = async (what: string, order: { id: string; lines: object[] }) => {
		const address = demo.users.find(({ role }) => role === 'owner')!.email;
		const body = JSON.stringify({ type: 'order.paid', data: { ...order, address } });
		const [id, at] = [`evt_${what}`, new Date()];
		const answer = await page.request.post('/v1/orders', {
			data: Buffer.from(body),
			headers: {
				'content-type': 'application/json',
				'webhook-id': id,
				'webhook-timestamp': `${Math.floor(at.getTime() / 1000)}`,
				'webhook-signature': webhook.sign(id, at, body)
			}
		});
		return answer.status();
	};
	const lines = [{ id: 'position-7', product: 'frost-report', versions: { from: 1, to: 1 } }];
	const sold = [{ id: 'position-1', product: 'atlas-server', versions: { from: 8, to: 9 } }];
	expect(await tell('frost_paid', { id: 'P-FROST-0042', lines })).toBe(422);
	expect(await tell('thaw_paid', { id: 'P-THAW-0043', lines: sold })).toBe(200);

	await page.getByRole('link', { name: 'Orders', exact: true }).click();
	await expect(page.getByRole('link', { name: /P-THAW-0043.*Done/ })).toBeVisible();
	await expect(page.getByRole('link', { name: /P-FROST-0042.*Failed/ })).toBeVisible();
	await expectSoundEverywhere(page, 'orders');
	await page.getByLabel('Failed only').check();
	await expect(page.getByRole('link', { name: /P-THAW-0043/ })).toHaveCount(0);
	await page.getByRole('searchbox').fill('nobody like this');
	await expect(page.getByText('Nothing found')).toBeVisible();
	await page.getByRole('searchbox').fill('frost');
	await page.getByRole('link', { name: /P-FROST-0042/ }).click();
	await expect(page.getByRole('heading', { level: 1, name: 'P-FROST-0042' })).toBeVisible();
	await expect(page.getByText('"product": "frost-report"')).toBeVisible();
	await expect(page.getByText('ORDER_PRODUCT_UNKNOWN', { exact: true })).toBeVisible();
	await page.getByRole('button', { name: 'Replay' }).click();
	await expect(page.getByText(/still cannot be carried out/)).toBeVisible();
	await expectSoundEverywhere(page, 'order failed');
	const product = { slug: 'frost-report', title: 'Frost Report', contact: 'licensing@example.com' };
	const added = await page.request.post('/rpc/product.add', {
		headers: { 'x-keyferry': '1', authorization: `Bearer ${demo.token}` },
		data: { ...product, entitlements: [] }
	});
	expect(added.status()).toBe(200);
	await page.getByRole('button', { name: 'Replay' }).click();
	await expect(page.getByText('Line position-7')).toBeVisible();
	await expect(page.getByRole('button', { name: 'Replay' })).toHaveCount(0);
	await expectSoundEverywhere(page, 'order done');
	await page.getByRole('main').getByRole('link', { name: /^KF-/ }).click();
	await expect(page.getByRole('heading', { level: 1, name: 'Frost Report' })).toBeVisible();
	await expect(page.getByText('P-FROST-0042', { exact: true })).toBeVisible();
	await expect(page.getByText('position-7', { exact: true })).toBeVisible();

	const own = await (await browser.newContext({ baseURL: hub.address, locale: 'en-GB' })).newPage();
	await signInAs(own, hub, 'owner');
	await openAt(own, '/licenses?q=frost-0042');
	await own.getByRole('link', { name: /Frost Report/ }).click();
	await expect(own.getByRole('heading', { level: 1, name: 'Frost Report' })).toBeVisible();
	await expect(own.getByText('P-FROST-0042', { exact: true })).toBeVisible();
	await expect(own.getByText('position-7', { exact: true })).toBeVisible();
	await own.getByRole('button', { name: 'Copy purchase ID' }).click();
	await expect(own.getByRole('button', { name: 'Copied' })).toBeVisible();
	expect(await own.evaluate(() => navigator.clipboard.readText())).toBe('P-FROST-0042');
	await expectSoundEverywhere(own, 'license of a purchase');
	await own.context().close();

	await openAt(page, '/vendor/orders/secrets');
	const secret = page.getByRole('listitem').filter({ hasText: 'Winter store' });
	await expect(secret).toContainText('Last used');
	// Other tests of this hub have stores, too.
	const ends = page.getByRole('button', { name: /^End: / });
	for (let left = await ends.count(); left > 0; left--) {
		await ends.first().click();
		await page.getByRole('dialog').getByRole('button', { name: 'End', exact: true }).click();
		await expect(ends).toHaveCount(left - 1);
	}
	await expect(page.getByText('No secrets yet')).toBeVisible();
	await expectSoundEverywhere(page, 'store secrets none');
	expect(await tell('late_paid', { id: 'P-LATE-0044', lines: sold })).toBe(401);
	await page.context().setOffline(true);
	await page.getByRole('link', { name: 'Orders', exact: true }).click();
	await expect(page.getByText('HUB_UNREACHABLE')).toBeVisible();
	await page.context().setOffline(false);
});
