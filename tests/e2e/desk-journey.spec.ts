import { readFileSync } from 'node:fs';
import { encodeFingerprint } from '#lib/formats/fingerprint-code.ts';
import { readFile } from '#lib/formats/file.ts';
import type { PublicJwk } from '#lib/formats/tokens.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import { verifyFile } from '#lib/signing/chain.ts';
import { expect, test } from './fixtures.ts';
import { signInAs } from './signing-in.ts';

const hash = (sign: string) => sign.repeat(22);

test('[O1] [O3] a request made offline on the screens is granted later, and its answer verifies @journey', async ({
	context,
	hub,
	demo
}) => {
	const license = demo.licenses.find(({ seats }) => seats === 25)!;
	const first = await context.newPage();
	await signInAs(first, hub, 'manager');
	await first.goto(`${hub.address}/#/licenses`);
	await expect(first.getByText(license.number).first()).toBeAttached();
	await first.close();

	await context.setOffline(true);
	const page = await context.newPage();
	await page.goto(`${hub.address}/#/activate`);
	await page
		.getByRole('textbox', { name: 'License key or number' })
		.fill(license.number.toLowerCase());
	const machine = { fp: { os: hash('a'), board: hash('b'), disk: hash('c') }, vm: false };
	await page.getByRole('textbox', { name: 'Machine code' }).fill(encodeFingerprint(machine));
	await page.getByRole('textbox', { name: 'Label' }).fill('rack-99');
	await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Demo Person');
	await page.getByRole('button', { name: 'Make request' }).click();
	await page.getByRole('button', { name: 'Submit now' }).click();
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
	await page.goto('/#/activate');
	const field = page.getByRole('textbox', { name: 'License key or number' });
	await field.evaluate((input, text) => {
		const clipboardData = new DataTransfer();
		clipboardData.setData('text/plain', text);
		const event = { clipboardData, bubbles: true, cancelable: true };
		input.dispatchEvent(new ClipboardEvent('paste', event));
	}, license.key);
	await expect(page.getByText(/^Key read/)).toContainText(license.number);
});
