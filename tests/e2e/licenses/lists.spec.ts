/** The list of licenses: walked, filtered, chosen from, and changed as a whole. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expectSound, expectSoundEverywhere } from '../expect-sound.ts';
import { expect, test } from '../fixtures.ts';
import { openAt } from '../open-at.ts';
import { issueOwn } from '../own-license.ts';
import { fillSignIn, loadedAnew, signInAs } from '../signing-in.ts';

test.use({ viewport: { width: 1280, height: 760 }, locale: 'en-GB' });

const rows = (page: Page) => page.locator('a.row');

test('[DK2] [DK3] [P9] the list is walked by keyboard, and its address is what it shows', async ({
	page,
	hub
}) => {
	await signInAs(page, hub, 'manager');
	await openAt(page, '/licenses');
	const all = page.getByRole('button', { name: /^All \d/ });
	await expect(all).toHaveAttribute('aria-pressed', 'true');

	// At once, without a focus anywhere; then on with arrows, and back into the search.
	await page.keyboard.press('j');
	await expect(rows(page).first()).toBeFocused();
	await page.keyboard.press('ArrowDown');
	await expect(rows(page).nth(1)).toBeFocused();
	// Its summary in place, which goes along and is put away again.
	await page.keyboard.press('i');
	const summary = page.getByRole('status', { name: 'Summary' });
	await expect(summary).toContainText((await rows(page).nth(1).locator('code').textContent())!);
	await expect(summary).toContainText('Versions');
	await expectSound(page, 'licenses, a summary');
	await page.keyboard.press('k');
	await expect(summary).toContainText((await rows(page).first().locator('code').textContent())!);
	await page.keyboard.press('Escape');
	await expect(summary).toHaveCount(0);
	await page.keyboard.press('/');
	const search = page.getByRole('searchbox', { name: 'Search licenses' });
	await expect(search).toBeFocused();

	await page.getByRole('button', { name: /^Expired \d/ }).click();
	await expect(rows(page)).toHaveCount(1);
	await expect(page).toHaveURL(/#\/licenses\?is=expired$/);
	const number = await rows(page).locator('code').textContent();
	await search.fill('atlas');
	await expect(page).toHaveURL(/\?is=expired&q=atlas$/);

	// The same list from the address alone, and kept under a name.
	await openAt(page, page.url().split('#')[1]!);
	await expect(rows(page)).toHaveCount(1);
	await expect(rows(page)).toContainText(number!);
	await page.getByRole('button', { name: 'View options' }).click();
	await page.getByLabel('Save this view as').fill('Old Atlas');
	await page.getByRole('button', { name: 'Save view' }).click();
	await all.click();
	await search.fill('');
	await expect.poll(() => rows(page).count()).toBeGreaterThan(1);
	await page.getByRole('button', { name: 'Old Atlas' }).click();
	await expect(search).toHaveValue('atlas');

	// Enter opens what was found; back leads to the list as it was.
	await search.press('Enter');
	await expect(page.locator('.detail h1')).toBeVisible();
	await expect(rows(page)).toHaveAttribute('aria-current', 'true');
	await page.goBack();
	await expect(page.locator('.detail')).toHaveCount(0);
	await expect(rows(page)).toHaveCount(1);
	await expect(page).toHaveURL(/#\/licenses\?is=expired&q=atlas$/);

	// Closed by its own link as well, which names no filter.
	await search.press('Enter');
	await page.locator('.detail').getByRole('link', { name: 'Back' }).click();
	await expect(page.locator('.detail')).toHaveCount(0);
	await expect(page).toHaveURL(/#\/licenses\?is=expired&q=atlas$/);

	// A license that comes in above takes the focus from nobody.
	await openAt(page, '/licenses?sort=product');
	await page.keyboard.press('k');
	const last = (await rows(page).count()) - 1;
	await expect(rows(page).nth(last)).toBeFocused();
	const held = await rows(page).nth(last).locator('code').textContent();
	await issueOwn(hub);
	await page.evaluate(() => dispatchEvent(new Event('online')));
	await expect(rows(page)).toHaveCount(last + 2);
	await expect(rows(page).nth(last + 1)).toBeFocused();
	await expect(rows(page).nth(last + 1)).toContainText(held!);

	// A number with one character wrong is not "nothing found".
	const wrong = `${number!.slice(0, -1)}${number!.endsWith('0') ? '2' : '0'}`;
	await search.fill(wrong);
	await expect(page.getByRole('heading', { name: 'One character is off' })).toBeVisible();
	await expect(rows(page).first()).toContainText(number!);
	await expectSoundEverywhere(page, 'licenses, one character off');
});

test.describe('on a slow line', () => {
	test.use({ serviceWorkers: 'block' });

	test('[DK2] a row that is opened while the address waits for more letters stays opened', async ({
		page,
		hub
	}) => {
		await page.clock.install();
		await fillSignIn(page, hub, 'manager');
		await loadedAnew(page, () => page.locator('main form button[type=submit]').click());
		await openAt(page, '/licenses');
		await expect(rows(page).nth(1)).toBeVisible();
		const arrived = Promise.withResolvers<undefined>();
		await page.route(/\.js$/, (route) => arrived.promise.then(() => route.continue()));
		await page.getByRole('searchbox').fill('harbor');
		await expect(rows(page)).toHaveCount(1);
		await rows(page).press('Enter');
		await expect(page.locator('progress.going')).toBeAttached();
		await page.clock.runFor(1_000);
		arrived.resolve(undefined);
		await expect(page).toHaveURL(/#\/licenses\/[^/]+\?q=harbor$/);
		await expect(rows(page)).toHaveAttribute('aria-current', 'true');
	});
});

test('[DK3] licenses are chosen, suspended one by one with a result each, and exported', async ({
	page,
	hub
}) => {
	const edition = 'Bulk edition';
	for (let at = 0; at < 3; at++) await issueOwn(hub, { edition });
	await signInAs(page, hub, 'staff');
	await openAt(page, '/licenses?q=bulk');
	await expect(rows(page)).toHaveCount(3);
	await page.keyboard.press('j');
	await page.keyboard.press('x');
	const bar = page.getByRole('region', { name: 'Selected rows' });
	await expect(bar).toContainText('1 selected');
	await page.keyboard.press('Shift+J');
	await expect(bar).toContainText('2 selected');
	await rows(page)
		.nth(2)
		.click({ modifiers: ['Shift'] });
	await expect(bar).toContainText('3 selected');
	await page.getByRole('searchbox', { name: 'Search licenses' }).fill('nothing is called so');
	await expect(bar).toContainText('3 of them not shown');
	await page.getByRole('searchbox', { name: 'Search licenses' }).fill('bulk');
	await expect(rows(page)).toHaveCount(3);
	await expectSoundEverywhere(page, 'licenses, some chosen');

	// One of them first, so that it is left out of the next run, with the reason.
	await bar.getByRole('button', { name: 'Clear selection' }).click();
	await page.getByRole('checkbox').first().check();
	await bar.getByRole('button', { name: 'Suspend' }).click();
	const dialog = page.getByRole('dialog');
	await expect(dialog).toContainText('1 will change');
	await dialog.getByRole('button', { name: 'Suspend' }).click();
	await expect(dialog).toContainText('1 done');
	await dialog.getByRole('button', { name: 'Close' }).last().click();
	await expect(rows(page).filter({ hasText: 'Suspended' })).toHaveCount(1);

	// The server is gone after the first of the other two: the run goes on with what is left.
	await bar.getByRole('button', { name: 'Select all 3' }).click();
	await bar.getByRole('button', { name: 'Suspend' }).click();
	await expect(dialog).toContainText('2 will change · 1 skipped');
	await expectSoundEverywhere(page, 'licenses, a preview of suspending');
	let asked = 0;
	await page.route('**/rpc/license.suspend**', (route) =>
		asked++ === 0 ? route.continue() : route.abort()
	);
	await dialog.getByRole('button', { name: 'Suspend' }).click();
	await expect(dialog).toContainText('1 done · 1 not tried');
	await page.unroute('**/rpc/license.suspend**');
	await dialog.getByRole('button', { name: 'Continue with 1' }).click();
	await expect(dialog).toContainText('2 done');
	await dialog.getByRole('button', { name: 'Close' }).last().click();
	await expect(rows(page).filter({ hasText: 'Suspended' })).toHaveCount(3);

	const [download] = await Promise.all([
		page.waitForEvent('download'),
		bar.getByRole('button', { name: 'Export CSV' }).click()
	]);
	expect(download.suggestedFilename()).toMatch(/^licenses-\d{4}-\d\d-\d\d\.csv$/);
	const [head, ...lines] = readFileSync(await download.path(), 'utf8')
		.trimEnd()
		.split('\r\n');
	expect(head).toBe('\uFEFFProduct,Number,Activated,Customer,Seats,Seats in use,Next date,Status');
	expect(lines).toHaveLength(3);
	for (const line of lines)
		expect(line).toMatch(/^Atlas Server,KF-[\w-]{14},Not activated,Example GmbH,1,0,,Suspended$/);
});

test('[DK3] whichever columns are chosen, how a row stands is in the window, whole', async ({
	page,
	hub
}) => {
	await signInAs(page, hub, 'manager');
	const expectStates = async () => {
		const lapsed = rows(page).filter({ hasText: 'Maintenance ended' }).first();
		const { x, width } = (await lapsed.boundingBox())!;
		const chip = (await lapsed.locator('.state .chip').boundingBox())!;
		expect(chip.x + chip.width).toBeLessThanOrEqual(x + width);
		expect(x + width).toBeLessThanOrEqual(1280);
	};
	await openAt(page, '/lookup');
	await expectStates();
	await openAt(page, '/licenses');
	await expect(page.getByRole('button', { name: 'Status' })).toBeInViewport({ ratio: 1 });
	await expectStates();
	await page.getByRole('button', { name: 'View options' }).click();
	for (const column of ['Edition', 'Maintenance', 'Expires'])
		await page.getByRole('checkbox', { name: column, exact: true }).check();
	await page.keyboard.press('Escape');
	await expect(page.getByRole('button', { name: 'Status' })).toBeInViewport({ ratio: 1 });
	await expect(page.getByRole('button', { name: 'Edition' })).toHaveCount(0);
	await expectStates();
	await page.setViewportSize({ width: 1600, height: 760 });
	await expect(page.getByRole('button', { name: 'Edition' })).toBeInViewport({ ratio: 1 });
	await expect(page.getByRole('button', { name: 'Status' })).toBeInViewport({ ratio: 1 });

	// On a phone the number is whole, with a box before it as well.
	await page.setViewportSize({ width: 360, height: 740 });
	// Where there is room, the picture of the seats is whole as well.
	const seats = rows(page).getByRole('img', { name: /seats?/ });
	await expect.poll(async () => (await seats.first().boundingBox())?.width).toBe(72);
	await page.getByRole('button', { name: 'View options' }).click();
	await page.getByRole('button', { name: 'Select rows' }).click();
	await expect(page.getByRole('checkbox').first()).toBeVisible();
	for (const number of await rows(page).locator('code').all())
		expect(await number.evaluate((code) => code.scrollWidth - code.clientWidth)).toBe(0);
});

test('[DK3] a column that a full device has no room to keep is not chosen, and it says so', async ({
	page,
	hub
}) => {
	await signInAs(page, hub, 'manager');
	await openAt(page, '/licenses');
	// As a browser whose disk is full: a quota of its own counts in a new one alone.
	await page.evaluate(() => {
		IDBObjectStore.prototype.put = () => {
			throw new DOMException('The disk is full', 'QuotaExceededError');
		};
	});
	await page.getByRole('button', { name: 'View options' }).click();
	const edition = page.getByRole('checkbox', { name: 'Edition', exact: true });
	await edition.click();
	await expect(page.getByText('This device has no room left')).toBeVisible();
	await expect(edition).not.toBeChecked();
});
