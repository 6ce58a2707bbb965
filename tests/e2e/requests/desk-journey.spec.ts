import { readFileSync } from 'node:fs';
import { encodeFingerprint } from '#lib/formats/fingerprint-code.ts';
import { readFile } from '#lib/formats/file.ts';
import type { PublicJwk } from '#lib/formats/tokens.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import { verifyFile } from '#lib/signing/chain.ts';
import { LicenseOffice, said } from '../../journeys/license-office.ts';
import { fillActivate, stepHead } from '../activate-form.ts';
import { expectSoundEverywhere } from '../expect-sound.ts';
import { expect, test } from '../fixtures.ts';
import { openAt } from '../open-at.ts';
import { signInAs } from '../signing-in.ts';

const hash = (sign: string) => sign.repeat(22);

test('[O1] [O3] a request made offline on the screens is granted later, and its answer verifies @journey', async ({
	context,
	hub,
	demo
}) => {
	const license = demo.licenses.find(({ seats }) => seats === 25)!;
	const first = await context.newPage();
	await signInAs(first, hub, 'manager');
	await openAt(first, '/licenses', hub.address);
	await expect(first.getByText(license.number).first()).toBeAttached();
	await first.close();

	await context.setOffline(true);
	const page = await context.newPage();
	await openAt(page, '/activate', hub.address);
	const machine = { fp: { os: hash('a'), board: hash('b'), disk: hash('c') }, vm: false };
	await fillActivate(page, { license: license.number.toLowerCase() });
	// What decides is there as soon as the license is named.
	const summary = page.getByRole('complementary', { name: 'Your request' });
	await expect(summary).toContainText(license.number);
	await expect(summary.getByRole('img')).toHaveAccessibleName(/^25 seats: /);
	await fillActivate(page, { code: encodeFingerprint(machine), label: 'rack-99' });
	await fillActivate(page, { name: 'Demo Person' });
	await page.getByRole('button', { name: 'Make request' }).click();
	await page.getByRole('button', { name: 'Submit when online' }).click();
	await expect(page).toHaveURL(/#\/requests\/[0-9a-f-]{36}$/);
	const address = page.url();
	await page.close({ runBeforeUnload: false });

	const later = await context.newPage();
	await later.goto(address);
	await expect(later.getByText('Waiting for the server').first()).toBeVisible();
	await context.setOffline(false);
	await expect(later.getByText('Granted').first()).toBeVisible();

	const [download] = await Promise.all([
		later.waitForEvent('download'),
		later.getByRole('button', { name: 'Save file' }).first().click()
	]);
	expect(download.suggestedFilename()).toMatch(/^rack-99_[0-9A-Y]{4}_[0-9a-f]{6}\.kfact$/);
	const file = readFile(readFileSync(await download.path(), 'utf8'));
	if (isRefusal(file)) throw new Error(file.refused);
	const { keys } = JSON.parse(readFileSync(hub.roots, 'utf8')) as { keys: PublicJwk[] };
	const roots = keys.map(({ kty, crv, x }) => ({ kty, crv, x }));
	const verified = await verifyFile(file, { roots });
	if (isRefusal(verified)) throw new Error(verified.refused);
	expect(verified.body.claims).toMatchObject({ num: license.number, label: 'rack-99', gen: 1 });
});

test('a license key is read as it is pasted, lines and all @journey', async ({ page, demo }) => {
	const license = demo.licenses[0]!;
	await openAt(page, '/activate');
	const field = page.getByRole('textbox', { name: 'License key or number' });
	await field.evaluate((input, text) => {
		const clipboardData = new DataTransfer();
		clipboardData.setData('text/plain', text);
		const event = { clipboardData, bubbles: true, cancelable: true };
		input.dispatchEvent(new ClipboardEvent('paste', event));
	}, license.key);
	await expect(page.getByRole('region', { name: 'License', exact: true })).toContainText(
		license.number
	);
});

test('[DK4] what was entered survives a reload, and the machine’s own request goes as it is @journey', async ({
	page,
	hub
}) => {
	const office = new LicenseOffice(hub);
	try {
		const license = await office.issue('--seats', '2');
		const other = await office.issue('--seats', '2');
		const machine = office.field.machine('rack-41');
		const request = await office.request(machine, other);
		await signInAs(page, hub, 'manager');
		await openAt(page, `/activate/${license.number}`);
		const code = encodeFingerprint({ fp: { os: hash('d'), disk: hash('e') }, vm: false });
		await fillActivate(page, { code, label: 'half-done', organization: 'Harbor Works' });
		const summary = page.getByRole('complementary', { name: 'Your request' });
		await expect(summary).toContainText('Harbor Works');
		await page.reload();
		await expect(summary).toContainText(license.number);
		await expect(summary).toContainText('half-done');
		await expect(summary).toContainText('Harbor Works');
		await expectSoundEverywhere(page, 'activate');

		// It is for the other license: nothing is done unasked.
		await stepHead(page, 'Machine').click();
		await expectSoundEverywhere(page, 'activate, machine');
		await page.getByTestId('machine-file').setInputFiles(machine.path(request));
		const dialog = page.getByRole('dialog');
		await expect(dialog).toContainText(`for license ${other.number}, not for ${license.number}`);
		await dialog.getByRole('button', { name: 'Use this request' }).click();
		await expect(page.getByRole('heading', { name: 'Request imported' })).toBeVisible();
		await expectSoundEverywhere(page, 'request imported');
		await page.getByRole('button', { name: 'Submit now' }).click();
		await expect(page.getByText('Granted').first()).toBeVisible();

		await page.reload();
		const [download] = await Promise.all([
			page.waitForEvent('download'),
			page
				.getByRole('button', { name: /^Save file/ })
				.first()
				.click()
		]);
		await download.saveAs(machine.path('answer.kfact'));
		expect(said(await office.load(machine, 'answer.kfact'))).toMatchObject([{ outcome: 'loaded' }]);
		// What was made is nowhere kept as if it were still to be done.
		await openAt(page, '/activate');
		await expect(page.getByText('Kept on this device until the request is made.')).toHaveCount(0);
	} finally {
		office.field.clear();
	}
});
