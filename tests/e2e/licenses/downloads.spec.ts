/** Downloads: what a customer gets and why nothing newer, and what staff release, in a browser. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expectSoundEverywhere } from '../expect-sound.ts';
import { expect, online, test } from '../fixtures.ts';
import { openAt } from '../open-at.ts';
import { signInAs } from '../signing-in.ts';

test.use(online);
test.use({
	locale: 'en-GB',
	viewport: { width: 1280, height: 760 },
	userAgent: 'Mozilla/5.0 (X11; Linux x86_64)'
});

test('[P8] staff upload a release, a manager downloads it, and it is withdrawn', async ({
	browser,
	page,
	demo,
	hub
}) => {
	const { number } = demo.licenses.find(({ seats }) => seats === 25)!;
	await signInAs(page, hub, 'staff');
	await openAt(page, '/vendor/releases');
	await expect(page.getByRole('heading', { name: 'Atlas Server 8.2' })).toBeVisible();
	await expectSoundEverywhere(page, 'releases');
	await page.getByRole('button', { name: 'Add a release' }).click();
	const form = page.getByRole('main').locator('form');
	await form.getByRole('button', { name: 'Release', exact: true }).click();
	await expect(form.getByRole('combobox', { name: 'Product' })).toBeFocused();
	await form.getByRole('combobox', { name: 'Product' }).selectOption('Atlas');
	await form.getByLabel('Version').fill('9.4');
	await form.getByLabel('What is new').fill('Opens twice as fast.');
	await form.getByLabel('Modeling').check();
	await form.getByRole('combobox', { name: 'Runs on' }).selectOption('Linux (x64)');
	const buffer = Buffer.alloc(3 * 2 ** 20, 'Atlas 9.4');
	await form
		.locator('input[type=file]')
		.setInputFiles({ name: 'atlas-9.4.tar', mimeType: 'application/x-tar', buffer });
	await expectSoundEverywhere(page, 'add-release');
	await form.getByRole('button', { name: 'Release', exact: true }).click();
	await expect(page.getByRole('heading', { name: 'Atlas 9.4' })).toBeVisible();
	const sum = createHash('sha256').update(buffer).digest('hex');
	await expect(page.getByText(sum)).toBeVisible();

	const desk = await browser.newContext({
		locale: 'en-GB',
		viewport: { width: 1280, height: 760 }
	});
	const own = await desk.newPage();
	await signInAs(own, hub, 'manager');
	await openAt(own, `/downloads?license=${number}`, `${hub.address}/`);
	const card = own.getByRole('main');
	await card.getByRole('combobox', { name: 'For' }).selectOption('Linux (x64)');
	await expect(card.getByRole('heading', { name: 'Atlas 9.4' })).toBeVisible();
	await expect(card.getByText('Opens twice as fast.')).toBeVisible();
	await expectSoundEverywhere(own, 'downloads-one');
	const [got] = await Promise.all([
		own.waitForEvent('download'),
		card.getByRole('button', { name: 'Download 9.4' }).click()
	]);
	expect(got.suggestedFilename()).toBe('atlas-9.4.tar');
	expect(Buffer.compare(readFileSync(await got.path()), buffer)).toBe(0);

	await card.getByRole('link', { name: 'All my licenses' }).click();
	await expect(card.getByText('Not 10.0:').first()).toBeVisible();
	await expect(card.getByText(/Maintenance ended on/).first()).toBeVisible();
	await expect(card.getByText(/expired on/).first()).toBeVisible();
	await expectSoundEverywhere(own, 'downloads');

	const shown = page
		.getByRole('main')
		.locator('section, article, div')
		.filter({
			has: page.getByRole('heading', { name: 'Atlas 9.4' })
		});
	await shown.last().getByRole('button', { name: 'Withdraw' }).click();
	const dialog = page.getByRole('dialog');
	await dialog.getByLabel('Reason').fill('Crashes on start');
	await dialog.getByRole('button', { name: 'Withdraw' }).click();
	await expect(page.getByText('Withdrawn', { exact: true })).toBeVisible();
	await openAt(own, `/downloads?license=${number}`, `${hub.address}/`);
	await own.getByRole('combobox', { name: 'For' }).selectOption('Linux (x64)');
	await expect(own.getByRole('heading', { name: 'Atlas 9.3' })).toBeVisible();
	await desk.close();
});
