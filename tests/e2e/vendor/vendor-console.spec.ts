/** The vendor's console, in a browser: what staff fill in and sign, and what a customer does with it. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { Webhook } from 'standardwebhooks';
import { encodeFingerprint } from '#lib/formats/fingerprint-code.ts';
import { askFor, claimsOf, makeMachine, usageOf } from '../../fixtures/hub.ts';
import { startHub } from '../../fixtures/running-hub.ts';
import { startReceiver } from '../../fixtures/webhook-receiver.ts';
import { fillActivate } from '../activate-form.ts';
import { expectSoundEverywhere } from '../expect-sound.ts';
import { expect, test } from '../fixtures.ts';
import { openAt } from '../open-at.ts';
import { issueOwn } from '../own-license.ts';
import { signInAs } from '../signing-in.ts';

test.use({ locale: 'en-GB', viewport: { width: 1280, height: 760 } });

const hash = (sign: string) => sign.repeat(22);

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

test('[K3] staff add a product and a customer, issue a license, and its key activates a machine @journey', async ({
	browser,
	page,
	hub
}) => {
	await signInAs(page, hub, 'staff');
	await page.getByRole('link', { name: 'Vendor', exact: true }).click();
	await page.getByRole('link', { name: 'Products' }).click();
	await page.getByRole('link', { name: 'Add product' }).click();
	const form = page.getByRole('main');
	await form.getByRole('button', { name: 'Add product' }).click();
	await expect(form.getByRole('textbox', { name: 'Name', exact: true })).toBeFocused();
	await form.getByRole('textbox', { name: 'Name', exact: true }).fill('Tide Table Pro');
	await expect(form.getByLabel('Code', { exact: true })).toHaveValue('tide-table-pro');
	await form.getByLabel('Contact').fill('sales@example.com');
	await form.getByRole('button', { name: 'Add feature' }).click();
	const feature = form.getByRole('group').first();
	await feature.getByLabel('Name').fill('Forecasts');
	await feature.getByLabel('Code').fill('forecast');
	await form.getByLabel('Seats').fill('3');
	await form.getByLabel('Versions from').fill('2');
	await form.getByLabel('Days of maintenance').fill('365');
	await form.getByRole('button', { name: 'Add product' }).click();
	await expect(page.getByRole('link', { name: /Tide Table Pro.*1 feature$/ })).toBeVisible();

	await page.getByRole('link', { name: 'Customers' }).click();
	await page.getByRole('button', { name: 'Add customer' }).click();
	const dialog = page.getByRole('dialog');
	await dialog.getByLabel('Name').fill('Quay Nine BV');
	await dialog.getByLabel('Contacts').fill('it@quay-nine.example');
	await dialog.getByRole('button', { name: 'Add', exact: true }).click();
	await expect(page.getByRole('heading', { level: 1, name: 'Quay Nine BV' })).toBeVisible();
	await page.getByRole('button', { name: 'Keep for offline use' }).click();
	await expect(page.getByRole('button', { name: 'Stop keeping' })).toBeVisible();

	await page.getByRole('link', { name: 'Issue license' }).first().click();
	await expect(page.getByRole('main').getByText('Quay Nine BV').first()).toBeVisible();
	await page.getByLabel('Product', { exact: true }).selectOption('Tide Table Pro');
	const says = page.getByText(/^Tide Table Pro Standard, 3 seats, version 2, maintenance until/);
	await expect(says).toBeVisible();
	await page.getByLabel('Seats').fill('2');
	await page.getByLabel('to', { exact: true }).fill('3');
	await page.getByLabel('Forecasts').check();
	await expect(page.getByText(/^Tide Table Pro Standard, 2 seats, versions 2 to 3/)).toContainText(
		'With Forecasts.'
	);
	await page.getByRole('button', { name: 'Sign and issue' }).click();
	await expect(page.getByRole('heading', { level: 1, name: 'License issued' })).toBeFocused();
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('button', { name: 'Save file' }).click()
	]);
	expect(download.suggestedFilename()).toMatch(/^KF-.*\.kflic$/);
	const key = readFileSync(await download.path(), 'utf8');
	const number = download.suggestedFilename().replace('.kflic', '');

	// A customer's machine, on a desk that nobody has signed in on: the key is all it has.
	const visitor = await (await browser.newContext({ baseURL: hub.address })).newPage();
	await openAt(visitor, '/activate');
	await visitor
		.locator('input[type=file]')
		.first()
		.setInputFiles({
			name: download.suggestedFilename(),
			mimeType: 'application/octet-stream',
			buffer: Buffer.from(key)
		});
	await expect(visitor.getByRole('region', { name: 'License', exact: true })).toContainText(number);
	await visitor.context().close();

	await openAt(page, `/activate/${number}`);
	const machine = { fp: { os: hash('a'), board: hash('b'), disk: hash('c') }, vm: false };
	await fillActivate(page, { code: encodeFingerprint(machine), label: 'pier-1' });
	await page.getByRole('button', { name: 'Make request' }).click();
	await page.getByRole('button', { name: 'Submit now' }).click();
	await expect(page.getByText('Granted').first()).toBeVisible();

	await openAt(page, `/vendor/license/${number}`);
	await expect(page.getByText('pier-1')).toBeVisible();
	await page.getByRole('button', { name: 'Renew or change' }).click();
	const renewing = page.getByRole('dialog');
	await expect(renewing.getByText('Nothing is changed yet.')).toBeVisible();
	await renewing.getByLabel('Seats').fill('5');
	await expect(renewing.getByText(/next activation file of 1 machine/)).toBeVisible();
	await renewing.getByRole('button', { name: 'Sign and renew' }).click();
	await expect(page.getByText(/5 seats, versions 2 to 3/)).toBeVisible();
	await page.getByRole('button', { name: 'Suspend' }).click();
	await expect(page.getByRole('dialog').getByText(/1 machine that is activated/)).toBeVisible();
	await page.getByRole('dialog').getByRole('button', { name: 'Suspend' }).click();
	await expect(page.getByText('Suspended', { exact: true })).toBeVisible();
	await page.getByRole('button', { name: 'Resume' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Resume' }).click();
	await expect(page.getByRole('button', { name: 'Suspend' })).toBeVisible();

	await page.getByRole('button', { name: 'Move' }).click();
	const move = page.getByRole('dialog');
	await move.getByLabel('Customer').fill('sample');
	await move.getByRole('button', { name: 'Sample Works Ltd' }).click();
	await move.getByRole('button', { name: 'Sign and move' }).click();
	await expect(page.getByRole('link', { name: 'Sample Works Ltd' })).toBeVisible();
	await expect(page).not.toHaveURL(new RegExp(number));
});

test('people of a customer see no console, and the hub would not answer them', async ({
	page,
	hub
}) => {
	await signInAs(page, hub, 'manager');
	await expect(page.getByRole('link', { name: 'Vendor', exact: true })).toHaveCount(0);
	await openAt(page, '/vendor');
	await expect(page.getByText(/for the vendor’s own people/)).toBeVisible();
});

test('the console is kept nowhere: offline it says that it needs the server', async ({
	page,
	context,
	hub
}) => {
	await signInAs(page, hub, 'staff');
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
	const kept = await page.evaluate(async () => {
		const names = await caches.keys();
		const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
		return requests.flat().map(({ url }) => new URL(url).pathname);
	});
	expect(kept.length).toBeGreaterThan(50);
	expect(kept.filter((path) => /vendor/.test(path))).toEqual([]);

	await context.setOffline(true);
	const later = await context.newPage();
	await openAt(later, '/vendor');
	await expect(later.getByRole('heading', { name: 'This part needs the server' })).toBeVisible();
	await context.setOffline(false);
	await later.getByRole('button', { name: 'Try again' }).click();
	await expect(later.getByText(/^\d+ customers/)).toBeVisible();

	await context.setOffline(true);
	await later.getByRole('link', { name: 'Products' }).click();
	await expect(later.getByText('HUB_UNREACHABLE')).toBeVisible();
	await context.setOffline(false);
	await later.getByRole('button', { name: 'Try again' }).click();
	await expect(later.getByText(/^\d+ products$/)).toBeVisible();
});

test('the one-file desk has nothing of it', () => {
	const built = join(import.meta.dirname, '../../../build/one-file');
	expect(readdirSync(built)).toEqual(['index.html']);
	const page = readFileSync(join(built, 'index.html'), 'utf8');
	expect(page).not.toMatch(/Sign and issue|Signieren und ausstellen/);
});

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
	} finally {
		await hub.stop();
	}
});

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
	await expect(page.getByText(/Last used/)).toBeVisible();
	await page.getByRole('button', { name: 'End: Winter store' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'End', exact: true }).click();
	await expect(page.getByText('No secrets yet')).toBeVisible();
	await expectSoundEverywhere(page, 'store secrets none');
	expect(await tell('late_paid', { id: 'P-LATE-0044', lines: sold })).toBe(401);
	await page.context().setOffline(true);
	await page.getByRole('link', { name: 'Orders', exact: true }).click();
	await expect(page.getByText('HUB_UNREACHABLE')).toBeVisible();
	await page.context().setOffline(false);
});

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
