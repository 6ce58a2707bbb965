/** The vendor's console, in a browser: what staff fill in and sign, what a customer does with it, and who sees none of it. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { encodeFingerprint } from '#lib/formats/fingerprint-code.ts';
import { fillActivate } from '../activate-form.ts';
import { expect, test } from '../fixtures.ts';
import { openAt } from '../open-at.ts';
import { signInAs } from '../signing-in.ts';

test.use({ locale: 'en-GB', viewport: { width: 1280, height: 760 } });

const hash = (sign: string) => sign.repeat(22);

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
	const customer = new URL(page.url()).hash.slice(1);
	await page.getByRole('button', { name: 'Keep for offline use' }).click();
	await expect(page.getByRole('button', { name: 'Stop keeping' })).toBeFocused();

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
	await expect(
		page.getByRole('dialog').getByText(/1 activated machine keeps working/)
	).toBeVisible();
	await page.getByRole('dialog').getByRole('button', { name: 'Suspend' }).click();
	await expect(page.getByText('Suspended', { exact: true })).toBeVisible();
	await expect(page.getByRole('button', { name: 'Resume' })).toBeFocused();
	await page.getByRole('button', { name: 'Resume' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Resume' }).click();
	await expect(page.getByRole('button', { name: 'Suspend' })).toBeVisible();

	await page.getByRole('button', { name: 'Move' }).click();
	const move = page.getByRole('dialog');
	// By keyboard: a name that leaves one customer is enough, and the focus goes on with it.
	await move.getByLabel('Customer').fill('sample');
	await page.keyboard.press('Enter');
	await expect(move.getByRole('button', { name: 'Change' })).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(move.getByRole('textbox', { name: 'Customer' })).toBeFocused();
	await move.getByRole('button', { name: 'Sample Works Ltd' }).click();
	await move.getByRole('button', { name: 'Sign and move' }).click();
	await expect(page.getByRole('link', { name: 'Sample Works Ltd' })).toBeVisible();
	await expect(page).not.toHaveURL(new RegExp(number));

	// One button archives and restores: whoever has pressed it keeps the focus.
	const archive = async () => {
		await page.getByRole('button', { name: 'Archive' }).click();
		await page.getByRole('dialog').getByRole('button', { name: 'Archive' }).click();
		await expect(page.getByRole('button', { name: 'Take out of the archive' })).toBeFocused();
		await page.keyboard.press('Enter');
		await expect(page.getByRole('button', { name: 'Archive' })).toBeFocused();
	};
	await openAt(page, customer);
	await archive();

	// What was entered is lost neither by that nor, without a word, on the way to another page.
	await openAt(page, '/vendor/product/tide-table-pro');
	const seats = page.getByLabel('Seats');
	await seats.fill('4');
	await archive();
	await page.getByRole('link', { name: 'Customers' }).click();
	await page.getByRole('button', { name: 'Stay on this page' }).click();
	await expect(seats).toHaveValue('4');
	await page.getByRole('link', { name: 'Customers' }).click();
	await page.getByRole('button', { name: 'Leave without saving' }).click();
	await expect(page).toHaveURL(/#\/vendor$/);
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
