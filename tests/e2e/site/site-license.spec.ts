/** The license of a site server, day by day: pasted, scanned, renewed, given back, got online. */
import { devices, type Locator } from '@playwright/test';
import { qrCodes } from '#lib/desk/files/qr.ts';
import { expectSoundEverywhere } from '../expect-sound.ts';
import { openAt } from '../open-at.ts';
import { expect, online, test } from '../fixtures.ts';
import { issueOwn } from '../own-license.ts';
import { pictureOfCode } from '../picture.ts';
import { signInAs } from '../signing-in.ts';
import {
	askByKey,
	bringIn,
	carryOut,
	fillReach,
	setUp,
	startUnsetSite,
	title
} from './unset-site.ts';

test.use(online);
test.use({ locale: 'en-GB', viewport: { width: 1280, height: 760 } });

const { defaultBrowserType: _, ...phone } = devices['Pixel 7'];

test('[ST4] a license is asked for, pasted, renewed by camera, and given back; pages and settings are sound everywhere', async ({
	page,
	browser,
	camera,
	hub
}) => {
	const site = await startUnsetSite(hub, 'site-license');
	try {
		await setUp(page, site);
		await page.getByRole('button', { name: 'Do this later' }).click();
		await expect(page.getByText('This server is not licensed')).toBeVisible();
		await expectSoundEverywhere(page, 'site unlicensed');

		const { key } = await issueOwn(hub, { clients: 10 });
		await askByKey(page, key);
		await expectSoundEverywhere(page, 'site request');
		const answer = await carryOut(page, hub);
		await page.getByRole('main').getByRole('button', { name: 'Close' }).click();
		await expect(page.getByText('not answered yet')).toBeVisible();
		await page.getByRole('button', { name: 'Paste' }).click();
		await page.getByLabel('Text of a Keyferry file').fill(answer);
		await page.getByRole('dialog').getByRole('button', { name: 'Import' }).click();
		await expect(page.getByText('Activated: 10 clients')).toBeVisible();
		await expectSoundEverywhere(page, 'site license');
		await bringIn(page, answer);
		await expect(page.getByText('nothing has changed')).toBeVisible();
		await bringIn(page, 'no license at all');
		await expect(page.getByText('FILE_MALFORMED')).toBeVisible();

		// The same machine asks again: a newer file of the same seat.
		await page.getByRole('button', { name: 'Renew' }).click();
		await page.getByRole('button', { name: 'Make request' }).click();
		camera.show(qrCodes(await carryOut(page, hub)).map((code) => pictureOfCode(code)));
		await page.getByRole('button', { name: 'Scan', exact: true }).click();
		await expect(page.getByText('Activated: 10 clients')).toBeVisible();
		await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
		camera.show([]);

		await page.getByRole('button', { name: 'Give back' }).click();
		await page.getByRole('button', { name: 'Give back now' }).click();
		await expect(page.getByRole('heading', { name: 'Carry the return' })).toBeVisible();
		await expect(page.getByText('This server is not licensed')).toBeVisible();
		await bringIn(page, await carryOut(page, hub));
		await expect(page.getByText('The server has taken the seat back.')).toBeVisible();

		await page.getByRole('link', { name: 'Settings' }).click();
		await expect(title(page, 'Settings')).toBeVisible();
		await page.getByLabel('Name of this site').fill('Plant 5');
		await page.getByLabel('Never contact another server').check();
		await page.getByRole('button', { name: 'Save', exact: true }).click();
		await expect(page.getByText('Saved.')).toBeVisible();
		await expectSoundEverywhere(page, 'site settings');
		await page.getByRole('link', { name: 'Change address or encryption' }).click();
		await page.getByRole('button', { name: 'Change the address' }).click();
		await expect(page.getByLabel('Name of this site')).toHaveValue('Plant 5');
		await fillReach(page, 'Plant 5');
		await expect(title(page, 'Settings')).toBeVisible();
		await page.getByRole('link', { name: 'License', exact: true }).click();
		await page.getByRole('button', { name: 'Get a license online' }).click();
		await expect(page.getByText('set to contact no other server')).toBeVisible();

		const german = await browser.newContext({
			...phone,
			baseURL: site.address,
			locale: 'de-DE',
			storageState: await page.context().storageState()
		});
		const other = await german.newPage();
		await other.goto('/');
		await expect(title(other, 'Lizenz')).toBeVisible();
		await expectSoundEverywhere(other, 'site license German');
		await openAt(other, '/site/settings', '/site');
		await other.getByRole('button', { name: 'Abmelden' }).click();
		await expect(title(other, 'Anmelden')).toBeVisible();
		await expectSoundEverywhere(other, 'site sign-in German');
		await german.close();
	} finally {
		await site.stop();
	}
});

test('[ST4, GL1] a license is got by a code that a phone scans, and by nobody where it is forbidden', async ({
	page,
	browser,
	hub
}) => {
	const { number } = await issueOwn(hub, { clients: 10 });
	const site = await startUnsetSite(hub, 'site-online');
	const context = await browser.newContext({ ...phone, baseURL: hub.address, locale: 'en-GB' });
	try {
		await setUp(page, site, 'Plant 6');
		await page.getByRole('button', { name: 'Get a license online' }).click();
		await page.getByLabel('Address of the vendor’s server').fill(hub.address);
		await page.getByRole('button', { name: 'Show the code' }).click();
		const shown = page.getByText(/^Code\s+[A-Z]{4}-[A-Z]{4}$/);
		await expect(shown).toBeVisible();
		await expectSoundEverywhere(page, 'site get license');

		// A "no" is heard, and another code is asked for.
		const other = await context.newPage();
		await signInAs(other, hub, 'manager');
		await openAt(other, `/device?code=${await codeIn(shown)}`);
		await expect(other.getByText('“Plant 6” asks for a license.')).toBeVisible();
		const machine = await page.getByText('shown with the machine code').innerText();
		const [code = 'none'] = /[0-9A-F]{4}(-[0-9A-F]{4}){2}/.exec(machine) ?? [];
		await expect(other.getByText(code)).toBeVisible();
		await other.getByRole('button', { name: 'Give none' }).click();
		await expect(page.getByText('SERVER_DENIED')).toBeVisible();
		await page.getByRole('button', { name: 'Try again' }).click();
		await expect(shown).toBeVisible();

		await openAt(other, `/device?code=${await codeIn(shown)}`);
		await other.getByRole('radio', { name: new RegExp(number) }).check();
		await other.getByRole('button', { name: 'Give this license' }).click();
		await expect(page.getByText('Activated: 10 clients, dataflow and workflow')).toBeVisible();
		await expect(title(page, 'This server is licensed')).toBeVisible();
		await page.getByRole('button', { name: 'Open this server’s pages' }).click();

		// Another license of the product, asked for by the server itself, raises the number.
		await askByKey(page, (await issueOwn(hub, { clients: 5 })).key);
		await page.getByRole('button', { name: 'Send it online' }).click();
		await expect(page.getByText('Activated: 5 clients')).toBeVisible();
		await expect(page.getByText('0 of 15 clients in use.')).toBeVisible();
	} finally {
		await context.close();
		await site.stop();
	}
});

async function codeIn(shown: Locator): Promise<string> {
	return (await shown.innerText()).replace(/^Code\s+/, '');
}
