/** The list of all activations: found, filtered, sorted, exported, retired, and read without a network. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { askFor, claimsOf, makeMachine } from '../../fixtures/hub.ts';
import type { RunningHub } from '../../fixtures/running-hub.ts';
import { openDesk } from '../desk-page.ts';
import { expectSoundEverywhere } from '../expect-sound.ts';
import { expect, test } from '../fixtures.ts';
import { openAt } from '../open-at.ts';
import { issueOwn } from '../own-license.ts';
import { signInAs } from '../signing-in.ts';

test.use({ viewport: { width: 1280, height: 760 }, locale: 'en-GB' });

const rows = (page: Page) => page.locator('a.row');
const search = (page: Page) => page.getByRole('searchbox', { name: 'Search activations' });

/** Machines of a license of their own, activated as products online do it. */
async function activateMachines(
	hub: RunningHub,
	names: readonly string[],
	wishes: { expiresAt?: number } = {}
): Promise<string> {
	const { key, number } = await issueOwn(hub, { seats: names.length, ...wishes });
	const { sec } = claimsOf<'license'>(key);
	for (const [at, label] of names.entries()) {
		const said = { label, site: `Hall ${at}`, os: 'linux', pv: `8.${at}.0`, name: 'Ada Sample' };
		const request = await askFor({ number, sec }, await makeMachine(label), said);
		const answer = await fetch(`${hub.address}/v1/activations`, {
			method: 'POST',
			body: JSON.stringify({ request })
		});
		expect(answer.status).toBe(201);
	}
	return number;
}

test('[P11] all activations are listed with what their requests said, filtered, sorted, opened and exported', async ({
	page,
	hub
}) => {
	const names = ['quill-alpha', 'quill-beta', 'quill-gamma', 'quill-delta', 'quill-epsilon'];
	const number = await activateMachines(hub, names);
	await signInAs(page, hub, 'manager');
	await page.getByRole('link', { name: 'Activations' }).click();
	await expect(page.getByRole('heading', { name: 'Activations', level: 1 })).toBeVisible();
	await expect(page.getByText('That is normal.')).toBeVisible();
	await search(page).fill('quill');
	await expect(rows(page)).toHaveCount(5);
	await expect(page.getByText(/^5 of [\d,]+ activations$/)).toBeVisible();
	await expect(page.getByRole('button', { name: 'Active 5' })).toBeVisible();
	await expect(page.getByRole('button', { name: 'Blocked 0' })).toBeVisible();
	const beta = rows(page).filter({ hasText: 'quill-beta' });
	for (const said of ['Hall 1', '8.1.0', 'Atlas Server', number, 'Activated'])
		await expect(beta).toContainText(said);

	// By the address alone, in the order of a column, however it is turned.
	await page.getByRole('button', { name: /^Machine/ }).click();
	await expect(page).toHaveURL(/#\/activations\?q=quill&sort=machine$/);
	await expect(rows(page).first()).toContainText('quill-alpha');
	await page.getByRole('button', { name: /^Machine/ }).click();
	await expect(rows(page).first()).toContainText('quill-gamma');
	await openAt(page, '/activations?q=delta quill');
	await expect(rows(page)).toHaveCount(1);
	await expect(rows(page)).toContainText('quill-delta');
	await expectSoundEverywhere(page, 'activations, one found');

	// Another column, kept with this person's settings; then what is shown as CSV.
	await search(page).fill('quill');
	await expect(rows(page)).toHaveCount(5);
	await page.getByRole('button', { name: 'View options' }).click();
	await page.getByLabel('Requested by').check();
	await expect(beta).toContainText('Ada Sample');
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('button', { name: 'Export 5 as CSV' }).click()
	]);
	expect(download.suggestedFilename()).toMatch(/^activations-\d{4}-\d\d-\d\d\.csv$/);
	const [head, ...lines] = readFileSync(await download.path(), 'utf8')
		.trimEnd()
		.split('\r\n');
	expect(head).toBe(
		'\uFEFFMachine,Site,Version,Product,License,Requested by,File ends,Last heard,Status'
	);
	expect(lines).toHaveLength(5);
	expect(lines.join()).toContain(`quill-beta,Hall 1,8.1.0,Atlas Server,${number},Ada Sample,`);

	// Offline everything of it is there, cold.
	await page.context().setOffline(true);
	await openAt(page, '/activations?q=quill-gamma');
	await expect(rows(page)).toHaveCount(1);
	await page.keyboard.press('j');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { name: 'quill-gamma' })).toBeVisible();
	await expect(page.getByText('Hall 2', { exact: true })).toBeVisible();
	await expect(page).toHaveURL(/#\/licenses\/[^/]+\/[^/]+$/);
	await page.goBack();

	// Letters that were typed right before are there on the way back.
	await search(page).fill('quill-beta');
	await search(page).press('Enter');
	await expect(page.getByRole('heading', { name: 'quill-beta' })).toBeVisible();
	await page.goBack();
	await expect(search(page)).toHaveValue('quill-beta');
	await expect(page).toHaveURL(/#\/activations\?q=quill-beta$/);
	await page.getByRole('link', { name: 'Activate a machine' }).click();
	await expect(page).toHaveURL(/#\/activate$/);
	await page.context().setOffline(false);
});

test('[P11] [SE6] several machines are retired at once: which seats are free at once is said before, and each has its result', async ({
	page,
	hub
}) => {
	await activateMachines(hub, ['ruin-one', 'ruin-two', 'ruin-three']);
	await signInAs(page, hub, 'manager');
	await openAt(page, '/activations?q=ruin&sort=machine');
	await expect(rows(page)).toHaveCount(3);
	await page.keyboard.press('j');
	await page.keyboard.press('x');
	await page.keyboard.press('Shift+J');
	const bar = page.getByRole('region', { name: 'Selected rows' });
	await expect(bar).toContainText('2 selected');
	await expectSoundEverywhere(page, 'activations, some chosen');
	await bar.getByRole('button', { name: 'Retire' }).click();
	const dialog = page.getByRole('dialog');
	await expect(dialog).toContainText('2 will change');
	await expect(dialog).toContainText('1 replacement left this year');
	await expect(dialog).toContainText('Seat free at once');
	await expect(dialog).toContainText(/Seat blocked until \d/);
	await expectSoundEverywhere(page, 'activations, a preview of retiring');
	await dialog.getByLabel('What happened').fill('Burnt');
	await dialog.getByRole('button', { name: 'Retire' }).click();
	await expect(dialog).toContainText('2 done');
	await dialog.getByRole('button', { name: 'Close' }).last().click();

	await expect(page.getByRole('button', { name: 'Given back 1' })).toBeVisible();
	await expect(page.getByRole('button', { name: 'Blocked 1' })).toBeVisible();
	await expect(rows(page)).toHaveCount(2);
	await page.getByRole('button', { name: 'Given back 1' }).click();
	await expect(rows(page)).toHaveCount(1);
	await expect(rows(page)).toContainText('Retired');

	// What was retired before is left out, with the reason.
	await page.keyboard.press('j');
	await page.keyboard.press('x');
	await bar.getByRole('button', { name: 'Retire' }).click();
	await expect(dialog).toContainText('1 skipped');
	await expect(dialog).toContainText('Holds no active seat.');
});

test('[P11] [O7] the licenses of several machines are renewed at once: which, how far and for how many machines is said before', async ({
	page,
	hub
}) => {
	const DAY = 86_400;
	const soon = Math.floor(Date.now() / 1000 / DAY) * DAY + 20 * DAY;
	const ending = await activateMachines(hub, ['spar-one', 'spar-two'], { expiresAt: soon });
	const endless = await activateMachines(hub, ['spar-three']);
	await signInAs(page, hub, 'staff');
	await openAt(page, '/activations?q=spar&sort=machine');
	await expect(rows(page)).toHaveCount(3);
	await page.keyboard.press('j');
	await page.keyboard.press('Control+a');
	const bar = page.getByRole('region', { name: 'Selected rows' });
	await expect(bar).toContainText('3 selected');
	await bar.getByRole('button', { name: 'Renew licenses' }).click();
	const dialog = page.getByRole('dialog', { name: 'Renew 2 licenses' });
	await expect(dialog).toContainText('1 will change · 1 skipped');
	await expect(dialog).toContainText('2 machines get the next file');
	const left = dialog.locator('.line').filter({ hasText: endless });
	await expect(left).toContainText('Has no such end.');
	await expectSoundEverywhere(page, 'activations, a preview of renewing');

	await page.context().setOffline(true);
	await dialog.getByRole('button', { name: 'Renew', exact: true }).click();
	await expect(dialog).toContainText('does not answer');
	await expect(dialog).toContainText('1 not tried');
	await page.context().setOffline(false);
	await dialog.getByRole('button', { name: /^Continue/ }).click();
	await expect(dialog).toContainText('1 done');
	await dialog.getByRole('button', { name: 'Close' }).last().click();
	await page.getByRole('link', { name: new RegExp(`spar-one.*${ending}`) }).click();
	await expect(page.getByRole('main')).toContainText('File 2');
});

test('[P11] a technician retires nothing; three thousand activations are walked on a phone and on a wide screen', async ({
	page,
	hub
}) => {
	await signInAs(page, hub, 'technician');
	const desk = await openDesk(page.context(), hub.address);
	await desk.evaluate(async () => {
		const { mirroredLicenses, relaxed } = globalThis.desk;
		const [license] = await mirroredLicenses.first(1);
		const made = Array.from({ length: 3_000 }, (_, n) => ({
			id: `019c0000-0000-7000-8000-${String(n).padStart(12, '0')}${n % 10 === 0 ? '.7' : ''}`,
			customerId: license!.customerId,
			licenseId: license!.id,
			label: `many-${String(n).padStart(4, '0')}`,
			site: `Site ${n % 12}`,
			name: 'Ada Sample',
			generation: 1 + (n % 3),
			state: n % 5 === 0 ? ('cooling' as const) : ('active' as const),
			grantedAt: 1_700_000_000 + n,
			request: `r${n}`,
			revision: 1
		}));
		await relaxed.activations.bulkPut(made);
	});
	await desk.close();
	await openAt(page, '/activations?q=many&sort=machine');
	await expect(page.getByText(/^3,000 of [\d,]+ activations$/)).toBeVisible();
	await expect(page.getByRole('button', { name: 'Blocked 600' })).toBeVisible();
	await page.getByRole('button', { name: 'Issued offline 300' }).click();
	await expect(page.getByText(/^300 of [\d,]+ activations$/)).toBeVisible();
	await page.getByRole('button', { name: /^All / }).click();
	await page.keyboard.press('j');
	await page.keyboard.press('End');
	await expect(page.locator('a.row:focus')).toContainText('many-2999');
	expect(await rows(page).count()).toBeLessThan(100);
	await page.keyboard.press('Control+a');
	const bar = page.getByRole('region', { name: 'Selected rows' });
	await expect(bar).toContainText('3,000 selected');
	await expect(bar.getByRole('button', { name: 'Export CSV' })).toBeVisible();
	await expect(bar.getByRole('button', { name: 'Retire' })).toHaveCount(0);
	await page.keyboard.press('Escape');
	await expect(bar).toHaveCount(0);

	await page.setViewportSize({ width: 360, height: 740 });
	await openAt(page, '/activations?q=many site 11&sort=-machine');
	await expect(rows(page).first()).toContainText('many-2999');
	await expect(rows(page).first()).toContainText('Site 11');
	await expectSoundEverywhere(page, 'activations, many');
	await page.setViewportSize({ width: 360, height: 740 });
	await search(page).fill('nobody is called so');
	await expect(page.getByRole('heading', { name: 'No matching activation' })).toBeVisible();
	await openAt(page, '/more');
	await page.getByRole('link', { name: 'Activations' }).click();
	await expect(page).toHaveURL(/#\/activations$/);
});
