/** Customers in the vendor's console, few and many, and how their sites use what they have. */
import type { Page } from '@playwright/test';
import { askFor, claimsOf, makeMachine, usageOf } from '../../fixtures/hub.ts';
import { startHub } from '../../fixtures/running-hub.ts';
import { expectSoundEverywhere } from '../expect-sound.ts';
import { expect, online, test } from '../fixtures.ts';
import { openAt } from '../open-at.ts';
import { signInAs } from '../signing-in.ts';

test.use(online);
test.use({ locale: 'en-GB', viewport: { width: 1280, height: 760 } });

/** As fast as the hub takes them, over the page's own session. */
function addCustomers(page: Page, names: string[]): Promise<void> {
	return page.evaluate(async (all) => {
		for (const name of all) {
			const contacts = [`licenses@${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.example`];
			const answer = await fetch('/rpc/customer.add', {
				method: 'POST',
				headers: { 'x-keyferry': '1', 'content-type': 'application/json' },
				body: JSON.stringify({ name, contacts })
			});
			if (!answer.ok) throw new Error(await answer.text());
		}
	}, names);
}

test('lists of customers are sound everywhere, with five, with none found and with 300', async ({
	browser
}) => {
	const hub = await startHub();
	try {
		const page = await (
			await browser.newContext({ baseURL: hub.address, locale: 'en-GB' })
		).newPage();
		await signInAs(page, hub, 'staff');
		await addCustomers(page, ['Aldermoor Shipyard', 'Brückner & Söhne KG', 'Cobalt Instruments']);
		await openAt(page, '/vendor');
		await expect(page.getByText('5 customers')).toBeVisible();
		await expect(page.getByRole('link', { name: /Sample Works Ltd/ })).toContainText('1 license');
		await expectSoundEverywhere(page, 'customers-5');
		await page.getByRole('searchbox').fill('nobody like this');
		await expect(page.getByText('Nothing found')).toBeVisible();
		await expectSoundEverywhere(page, 'customers-none');
		await page.getByRole('button', { name: 'Add customer' }).click();
		await page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click();
		await expectSoundEverywhere(page, 'customer-add');

		const names = Array.from({ length: 295 }, (_, at) => `Customer ${String(at).padStart(3, '0')}`);
		await addCustomers(page, names);
		await openAt(page, '/vendor');
		await expect(page.getByText('The first 100 customers')).toBeVisible();
		await expectSoundEverywhere(page, 'customers-300');
		await page.getByRole('button', { name: 'Show more' }).click();
		await expect(page.getByText('The first 200 customers')).toBeVisible();
		await page.getByRole('searchbox').fill('customer 29');
		await expect(page.getByText('5 customers')).toBeVisible();
		await page.locator('main a.entry').first().focus();
		await page.keyboard.press('j');
		await expect(page.locator('main a.entry').nth(1)).toBeFocused();
		await page.keyboard.press('Enter');
		await expect(page.getByRole('heading', { level: 1, name: 'Customer 291' })).toBeVisible();
		await page.goBack();
		await expect(page.getByRole('searchbox')).toHaveValue('customer 29');
		await expect(page.getByText('5 customers')).toBeVisible();
	} finally {
		await hub.stop();
	}
});

test('[US3] a customer’s page says how its sites use the products, as they have reported it', async ({
	page,
	demo,
	hub
}) => {
	const { number, key } = demo.licenses.find(({ clients }) => clients !== undefined)!;
	const machine = await makeMachine('site');
	const request = await askFor({ number, sec: claimsOf<'license'>(key).sec }, machine);
	const given = await page.request.post('/v1/activations', { data: { request } });
	const { file } = (await given.json()) as { file: string };
	const hour = Math.floor(Date.now() / 3_600_000) - 1;
	const hours = [{ hour, peak: 9, denied: 3, waiting: 2 }];
	const report = await usageOf(file, machine, { site: 'Plant west', hours, from: hour, to: hour });
	const told = await page.request.post('/v1/usage', { data: { file: report } });
	expect(told.status()).toBe(201);

	await signInAs(page, hub, 'staff');
	await openAt(page, '/vendor');
	await page.getByRole('link', { name: /^Example GmbH/ }).click();
	const row = page.getByRole('row', { name: /Plant west/ });
	await expect(row.getByRole('cell')).toHaveText(['9 of 10', '3', '2']);
	await expectSoundEverywhere(page, 'use reported by sites');
});
