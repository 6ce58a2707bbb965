import { devices, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { encodeFingerprint } from '#lib/formats/fingerprint-code.ts';
import { expect, test } from './fixtures.ts';
import { pictureOfPng, type Picture } from './picture.ts';

const oneFile = pathToFileURL(join(import.meta.dirname, '../../build/one-file/index.html')).href;
const hash = (sign: string) => sign.repeat(22);
const fp = { os: hash('p'), board: hash('q'), disk: hash('r') };

/** What a page shows as QR codes, each as a picture of the screen. */
async function photograph(page: Page): Promise<Picture[]> {
	const dialog = page.getByRole('dialog');
	const code = dialog.getByRole('img', { name: /QR code/ });
	await expect(code).toBeVisible();
	const [, of = '1'] = /of (\d+)/.exec((await code.getAttribute('aria-label')) ?? '') ?? [];
	const pictures: Picture[] = [];
	for (let at = 1; at <= Number(of); at++) {
		if (Number(of) > 1) {
			// From the last, the first comes next; stepping stops the loop.
			await dialog.getByRole('button', { name: 'Next' }).click();
		}
		pictures.push(pictureOfPng(await code.screenshot()));
	}
	await page.keyboard.press('Escape');
	return pictures;
}

/** As a person pastes it from elsewhere, lines and all. */
async function paste(page: Page, field: string, text: string): Promise<void> {
	await page.getByRole('textbox', { name: field }).evaluate((input, text) => {
		const clipboardData = new DataTransfer();
		clipboardData.setData('text/plain', text);
		const event = { clipboardData, bubbles: true, cancelable: true };
		input.dispatchEvent(new ClipboardEvent('paste', event));
	}, text);
	await expect(page.getByText(/^Key read/)).toBeVisible();
}

/** Scans until a row says what is expected and nothing is damaged or incomplete. */
async function scan(page: Page, row: RegExp): Promise<void> {
	await page.getByRole('button', { name: 'Scan', exact: true }).click();
	await expect(page.getByText(row).first()).toBeAttached({ timeout: 20_000 });
	await expect(page.getByText(/^(Damaged|Incomplete)$/)).toHaveCount(0, { timeout: 20_000 });
	await page.getByRole('button', { name: 'Done' }).click();
}

test('[O2, FI6] by QR codes alone, both ways: from a desk without a network to a phone and back', async ({
	browser,
	hub,
	demo,
	camera
}) => {
	test.setTimeout(120_000);
	const license = demo.licenses.find(({ seats }) => seats === 25)!;
	const inside = await browser.newContext({ permissions: ['camera'], deviceScaleFactor: 2 });
	await inside.addInitScript({
		content: `addEventListener('DOMContentLoaded', () => {
			const roots = document.createElement('script');
			roots.type = 'application/json';
			roots.id = 'keyferry-roots';
			roots.textContent = ${JSON.stringify(readFileSync(hub.roots, 'utf8'))};
			document.head.append(roots);
		}, { once: true, capture: true });`
	});
	await inside.setOffline(true);
	const phone = await browser.newContext({
		...devices['Pixel 7'],
		baseURL: hub.address,
		permissions: ['camera']
	});
	try {
		const desk = await inside.newPage();
		await desk.goto(`${oneFile}#/activate`);
		await paste(desk, 'License key or number', license.key);
		await desk
			.getByRole('textbox', { name: 'Machine code' })
			.fill(encodeFingerprint({ fp, vm: false }));
		await desk.getByRole('textbox', { name: 'Label' }).fill('rack-qr');
		await desk.getByRole('textbox', { name: 'Name', exact: true }).fill('Demo Person');
		const organization = desk.getByRole('textbox', { name: 'Organization' });
		if ((await organization.inputValue()) === '') await organization.fill('Example GmbH');
		await desk.getByRole('button', { name: 'Make request' }).click();
		await desk.getByRole('button', { name: /^Show QR/ }).click();
		camera.show(await photograph(desk));

		const page = await phone.newPage();
		await page.goto('/#/take-in');
		await scan(page, /rack-qr/);
		await page.getByRole('button', { name: 'Submit 1' }).click();
		await expect(page.getByText('1 request in the queue for the hub.').first()).toBeVisible();
		await page.goto('/#/requests');
		await page.getByText('rack-qr').locator('visible=true').first().click();
		await expect(page.getByText('Granted').locator('visible=true').first()).toBeVisible();
		await page
			.getByRole('button', { name: /^Show QR/ })
			.locator('visible=true')
			.first()
			.click();
		camera.show(await photograph(page));

		await desk.goto(`${oneFile}#/take-in`);
		await scan(desk, /^Activation/);
		await expect(desk.getByText('rack-qr').locator('visible=true').first()).toBeVisible();
	} finally {
		await inside.close();
		await phone.close();
	}
});
