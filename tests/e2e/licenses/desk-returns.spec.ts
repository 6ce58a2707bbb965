/** Seats given back, machines retired and licenses renewed, as they show on the desk. */
import type { BrowserContext, Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { encodeFingerprint } from '#lib/formats/fingerprint-code.ts';
import type { FieldMachine } from '../../journeys/field-machine.ts';
import { LicenseOffice, said, type License } from '../../journeys/license-office.ts';
import { startHub } from '../../fixtures/running-hub.ts';
import { expectSound } from '../expect-sound.ts';
import { openAt } from '../open-at.ts';
import { openDesk } from '../desk-page.ts';
import { fillActivate } from '../activate-form.ts';
import { expect, test } from '../fixtures.ts';
import { signInAs } from '../signing-in.ts';

test.use({ locale: 'en-GB', viewport: { width: 1280, height: 900 } });

const hash = (sign: string) => sign.repeat(22);

let office: LicenseOffice;
test.beforeAll(async () => {
	office = new LicenseOffice(await startHub());
});
test.afterAll(() => office.close());

async function signIn(context: BrowserContext, role = 'manager'): Promise<Page> {
	const page = await context.newPage();
	await signInAs(page, office.hub, role);
	return page;
}

async function openLicense(page: Page, { number }: License): Promise<void> {
	await openAt(page, `/licenses/${number}`, office.hub.address);
	await expect(page.getByRole('heading', { name: 'Atlas Server', level: 1 })).toBeVisible();
}

/** The meter of the license that is open, as a screen reader says it. */
const meter = (page: Page) => page.locator('.detail .meter [role=img]').first();

async function activated(name: string, license: License): Promise<FieldMachine> {
	const machine = office.field.machine(name);
	await office.activate(machine, license);
	return machine;
}

test('[O6] [MA4] a return taken in offline is submitted later, its receipt goes back, the seat is free @journey', async ({
	context
}) => {
	const license = await office.issue('--seats', '2');
	const machine = await activated('rack-07', license);
	const file = await office.giveBack(machine);
	const page = await signIn(context);
	await openLicense(page, license);
	await expect(meter(page)).toHaveAccessibleName(/1 active, 1 free/);

	await context.setOffline(true);
	await openAt(page, '/import', office.hub.address);
	const picker = page.locator('input[type=file]:not([webkitdirectory])').first();
	await picker.setInputFiles(machine.path(file));
	const row = page.getByRole('main').getByRole('listitem');
	await expect(row).toContainText('Gives back the seat of rack-07.');
	await row.locator('summary').click();
	await expect(row).toContainText(license.number);
	await expect(row).toContainText('Its signatures lead to a trusted root key.');
	await expectSound(page);
	await page.getByRole('button', { name: 'Submit 1' }).click();
	await expect(row).toContainText('Waiting for the server');

	await context.setOffline(false);
	await expect(row).toContainText('The seat is free.');
	await openAt(page, '/requests', office.hub.address);
	await page.getByRole('link', { name: /rack-07/ }).click();
	await expect(page.getByText(/The seat is free. Carry the receipt back/)).toBeVisible();
	await expectSound(page);
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page
			.getByRole('button', { name: /^Save file/ })
			.first()
			.click()
	]);
	const receipt = download.suggestedFilename();
	expect(receipt).toBe(file.replace('.kfret', '.kfrcp'));
	await download.saveAs(machine.path(receipt));
	expect(said(await office.load(machine, receipt))).toMatchObject([{ outcome: 'returned' }]);

	await openLicense(page, license);
	await expect(meter(page)).toHaveAccessibleName(/0 active, 2 free/);
	await page.getByText('No longer active: 1 machine').click();
	const gone = page.getByRole('region', { name: 'Machines' }).getByRole('link');
	await expect(gone).toBeVisible();
	// What was unfolded stays so, whatever a sync brings.
	const calls = await openDesk(context, office.hub.address);
	await calls.evaluate(async (number) => {
		const { mirroredLicenses, relaxed } = globalThis.desk;
		const [row] = await mirroredLicenses.with('licenses.number', [number]);
		await relaxed.licenses.put({ ...row!, edition: 'Synced meanwhile' });
	}, license.number);
	await calls.close();
	await expect(page.getByText('Synced meanwhile').first()).toBeVisible();
	await gone.click();
	await expect(page.getByText('Given back. Its seat is free.')).toBeVisible();
	await expectSound(page);
});

test('[SY10] a return is brought without an account', async ({ context }) => {
	const license = await office.issue('--seats', '1');
	const machine = await activated('rack-08', license);
	const file = await office.giveBack(machine);
	const page = await context.newPage();
	// On a slow network the file is there before what it is checked with.
	const chosen = Promise.withResolvers<undefined>();
	await page.route('**/.well-known/keyferry-roots.json', async (route) => {
		await chosen.promise;
		await route.continue();
	});
	await openAt(page, '/import', office.hub.address);
	await page
		.locator('input[type=file]:not([webkitdirectory])')
		.first()
		.setInputFiles(machine.path(file));
	// Longer than the desk waits for that: it is looked at once more.
	await expect(page.getByRole('main').getByRole('link', { name: 'Sign in' })).toBeVisible();
	chosen.resolve(undefined);
	await page.getByRole('button', { name: 'Submit 1' }).click();
	const row = page.getByRole('main').getByRole('listitem');
	await expect(row).toContainText('The seat is free.');
	expect(await office.used(license.number)).toBe(0);
});

test('[SE6] the manager retires a machine, only online, and names what follows', async ({
	context
}) => {
	const license = await office.issue('--seats', '2');
	await activated('rack-09', license);
	const page = await signIn(context);
	await openLicense(page, license);
	await page.getByRole('link', { name: /rack-09/ }).click();
	const gone = page.getByRole('button', { name: 'This machine is gone' });
	await context.setOffline(true);
	await expect(gone).toBeDisabled();
	await expect(
		page.getByText('Only online, because the server decides it at once.').first()
	).toBeVisible();
	await context.setOffline(false);
	await gone.click();
	const dialog = page.getByRole('dialog', { name: 'Retire rack-09?' });
	await expect(dialog).toContainText('The seat is free at once');
	await expectSound(page);
	await dialog.getByRole('button', { name: 'Retire rack-09' }).click();
	await expect(dialog.getByText('Enter what happened to the machine.')).toBeVisible();
	await dialog.getByLabel('What happened').fill('burnt');
	await dialog.getByRole('button', { name: 'Retire rack-09' }).click();
	await expect(page.getByText('rack-09 is retired. Its seat is free.')).toBeVisible();
	await expect(page.getByText('Retired: reported as gone. Its seat is free.')).toBeVisible();
	expect(await office.used(license.number)).toBe(0);
});

test('[O7] a renewed file is offered, saved under the matching name, and loads', async ({
	context
}) => {
	const license = await office.issue('--seats', '2');
	const machine = office.field.machine('rack-10');
	const answer = await office.activate(machine, license);
	const page = await signIn(context);
	await openLicense(page, license);
	await expect(page.getByRole('link', { name: /rack-10/ })).toBeVisible();
	await office.asks('license', 'renew', license.number, '--maintenance', '2031-01-31');
	await openAt(page, '/sync', office.hub.address);
	await page.getByRole('button', { name: 'Sync now' }).click();
	await openAt(page, '/requests', office.hub.address);
	await expect(page.getByText('Newer file for rack-10 (file 2)')).toBeVisible();
	await expectSound(page);
	await page.getByRole('button', { name: 'Show QR: rack-10' }).click();
	await expectSound(page);
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		(async () => {
			await openAt(page, `/licenses/${license.number}`, office.hub.address);
			await page.getByRole('link', { name: /rack-10/ }).click();
			// The screen before it offers to save files as well.
			await expect(page.getByRole('heading', { name: 'rack-10', level: 1 })).toBeVisible();
			await page.getByRole('button', { name: /^Save file/ }).click();
		})()
	]);
	expect(download.suggestedFilename()).toBe(answer);
	await download.saveAs(machine.path('renewed.kfact'));
	expect(readFileSync(machine.path('renewed.kfact'), 'utf8')).toContain(
		'BEGIN KEYFERRY ACTIVATION'
	);
	expect(said(await office.load(machine, 'renewed.kfact'))).toMatchObject([{ outcome: 'loaded' }]);
	await openAt(page, '/requests', office.hub.address);
	await expect(page.getByRole('heading', { name: 'Requests', level: 1 })).toBeVisible();
	await expect(page.getByText('Newer file for rack-10')).toHaveCount(0);
});

test('[SE5] [MA3] a seat held by the desk is given back from there, and cools', async ({
	context
}) => {
	const license = await office.issue('--seats', '1');
	const page = await signIn(context);
	await openAt(page, `/activate/${license.number}`, office.hub.address);
	const machine = { fp: { os: hash('a'), board: hash('b'), disk: hash('c') }, vm: false };
	await fillActivate(page, { code: encodeFingerprint(machine), label: 'rig-1' });
	await expect(page.getByText(/^The key of this request stays in this app/)).toBeVisible();
	await page.getByRole('button', { name: 'Make request' }).click();
	await page.getByRole('button', { name: 'Submit now' }).click();
	await expect(page.getByText('Granted').first()).toBeVisible();
	await openLicense(page, license);
	await page.getByRole('link', { name: /^rig-1 .*Activated/ }).click();
	await page.getByRole('button', { name: 'Give the seat back' }).click();
	const dialog = page.getByRole('dialog', { name: 'Give back the seat of rig-1?' });
	await expect(dialog).toContainText(/It is blocked (until|for 90 days)/);
	await expectSound(page);
	await dialog.getByRole('button', { name: 'Give back', exact: true }).click();
	await expect(page.getByText(/^Given back. Its seat is blocked until/)).toBeVisible();
	await openLicense(page, license);
	await expect(meter(page)).toHaveAccessibleName(/0 active, 1 blocked, 0 free/);
	await expect(page.getByText(/1 seat is blocked until/)).toBeVisible();
	await expectSound(page);
});
