/**
 * The round trip by QR codes alone, on screens as small as phones have. What one page shows is
 * photographed (a screenshot of the code as it is drawn) and filmed by the other page's camera.
 */

import type { Browser, BrowserContext, Locator, Page } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Field } from '../../journeys/field-machine.ts';
import type { RunningHub } from '../../fixtures/running-hub.ts';
import { fillActivate } from '../activate-form.ts';
import { expect, test } from '../fixtures.ts';
import { openAt } from '../open-at.ts';
import { pictureOfPng, type Picture } from '../picture.ts';
import { signInAs } from '../signing-in.ts';

const root = resolve(import.meta.dirname, '../../..');
type Phone = {
	context: BrowserContext;
	page: Page;
	/** What would carry something past the camera: files chosen or saved, and the clipboard. */
	shortcuts: string[];
	/** Errors that the page has shown. */
	alerts: string[];
};

async function openPhone(browser: Browser, baseURL?: string): Promise<Phone> {
	const context = await browser.newContext({
		baseURL,
		viewport: { width: 360, height: 740 },
		deviceScaleFactor: 2,
		isMobile: true,
		hasTouch: true,
		permissions: ['camera']
	});
	const phone: Phone = { context, page: await context.newPage(), shortcuts: [], alerts: [] };
	const { page, shortcuts, alerts } = phone;
	page.on('download', () => shortcuts.push('download'));
	page.on('filechooser', () => shortcuts.push('filechooser'));
	page.on('pageerror', ({ message }) => alerts.push(message));
	await page.exposeFunction('sawShortcut', (what: string) => shortcuts.push(what));
	await page.exposeFunction('sawAlert', (text: string) => alerts.push(text));
	await page.addInitScript(() => {
		type Told = Record<'sawShortcut' | 'sawAlert', (text: string) => void>;
		const { sawShortcut, sawAlert } = globalThis as unknown as Told;
		for (const type of ['copy', 'cut', 'paste'])
			addEventListener(type, () => sawShortcut(type), { capture: true });
		new MutationObserver(() => {
			const alert = document.querySelector('[role=alert]')?.textContent;
			if (alert) sawAlert(alert);
		}).observe(document, { subtree: true, childList: true });
	});
	return phone;
}

async function signIn(page: Page, hub: RunningHub): Promise<void> {
	await signInAs(page, hub, 'manager');
	await openAt(page, '/licenses');
	await expect(page.getByText(hub.demo.licenses[0]!.number).first()).toBeAttached();
}

/** A picture of each QR code that the page's dialog shows, in order. */
async function photograph(page: Page): Promise<Picture[]> {
	await seen(page.getByRole('button', { name: /^Show QR/ })).click();
	const dialog = page.getByRole('dialog');
	const code = dialog.getByRole('img', { name: /^QR code/ });
	await expect(code).toBeVisible();
	const [, of = '1'] = /of (\d+)$/.exec((await code.getAttribute('aria-label')) ?? '') ?? [];
	const count = Number(of);
	// The loop is stopped first, wherever it is.
	if (count > 1) await dialog.getByRole('button', { name: 'Pause' }).click();
	const pictures: Picture[] = [];
	while (pictures.length < count) {
		if (count > 1) {
			const wanted = dialog.getByRole('img', { name: `Code ${pictures.length + 1} of ${count}` });
			while ((await wanted.count()) === 0)
				await dialog.getByRole('button', { name: 'Next' }).click();
		}
		pictures.push(pictureOfPng(await code.screenshot()));
	}
	await page.keyboard.press('Escape');
	await expect(dialog).toBeHidden();
	return pictures;
}

/** Films until the intake has what is expected, and closes the scanner. */
async function scan(page: Page, whole: Locator): Promise<void> {
	await page.getByRole('button', { name: 'Scan', exact: true }).click();
	await expect(whole).toBeAttached();
	await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
}

/** Texts stand twice where a wide and a narrow screen place them differently. */
function seen(locator: Locator): Locator {
	return locator.locator('visible=true').first();
}

test('[O2, FI6] by QR codes alone, both ways, on phones: key, request, answer and hub key from screen to camera @journey', async ({
	browser,
	hub,
	demo,
	camera
}) => {
	const license = demo.licenses.find(({ product }) => product === 'atlas-server')!;
	const home = mkdtempSync(join(tmpdir(), 'keyferry-qr-'));
	const field = new Field();
	const kit = ['scripts/kit.ts', '--data', hub.data, '--out', join(home, 'kit')];
	execFileSync(process.execPath, kit, { cwd: root });
	const inside = await openPhone(browser);
	const outside = await openPhone(browser, hub.address);
	await inside.context.setOffline(true);
	try {
		const [code = ''] = (await field.machine('rack-07').keyferry(['fingerprint'])).stdout.split(
			'\n'
		);
		await signIn(outside.page, hub);
		await openAt(outside.page, `/licenses/${license.number}`);
		const keyPictures = await photograph(outside.page);

		// Inside: the key by camera, the machine's code and the names typed.
		const desk = inside.page;
		const oneFile = pathToFileURL(join(home, 'kit/desk.html')).href;
		camera.show(keyPictures);
		await openAt(desk, '/activate', oneFile);
		await desk.getByRole('button', { name: 'Scan: License key or number' }).click();
		await expect(desk.getByRole('dialog')).toBeHidden();
		await expect(desk.getByRole('region', { name: 'License', exact: true })).toContainText(
			`Atlas Server · ${license.number}`
		);
		expect(inside.alerts).toEqual([]);
		await fillActivate(desk, { code, label: 'rack-07', name: 'Ada Example' });
		await desk.getByRole('button', { name: 'Make request' }).click();
		camera.show(await photograph(desk));

		// Outside: scanned, explained, submitted, granted.
		const { page } = outside;
		await openAt(page, '/import');
		const asked = page.getByRole('main').getByRole('listitem').filter({ hasText: 'rack-07' });
		await scan(page, asked);
		await expect(asked).toContainText('Activation request');
		await expect(asked).toContainText('Atlas Server');
		await expect(asked).toContainText('Example GmbH');
		await page.getByRole('button', { name: 'Submit 1' }).click();
		await expect(asked).toContainText('Granted');
		await openAt(page, '/requests');
		await seen(page.getByRole('link', { name: /rack-07/ })).click();
		const answerPictures = await photograph(page);
		// The hub key is a token and so a code of its own; the answer alone is not enough.
		const [hubKey, ...answer] = answerPictures;
		expect(answer.length).toBeGreaterThan(0);

		// Inside: without the hub key's code the missing part is named; with it the chain is whole.
		await openAt(desk, '/import', oneFile);
		const got = desk.getByRole('main').getByRole('listitem').filter({ hasText: 'rack-07' });
		camera.show(answer);
		await scan(desk, got);
		await expect(got).toContainText('Activation file');
		await expect(got).toContainText('Incomplete');
		await expect(got).toContainText(/certificate of the server key \S{8}… is missing/);
		camera.show([hubKey!]);
		await scan(desk, desk.getByRole('main').getByText('Server key', { exact: true }));
		await expect(got).not.toContainText('Incomplete');
		await expect(got).not.toContainText('is missing');
		await expect(got).toContainText('For this machine.');
		await got.locator('summary').click();
		await expect(seen(got.getByText('Its signatures lead to a trusted root key.'))).toBeVisible();
		await expect(seen(got.getByText(license.number, { exact: true }))).toBeVisible();
		await expect(seen(got.getByText('For this machine (rack-07).'))).toBeVisible();

		// All codes in one sitting, last first, are whole at once.
		await desk.getByRole('button', { name: 'Clear the list' }).click();
		await expect(got).toHaveCount(0);
		camera.show([...answerPictures].reverse());
		await scan(desk, got.filter({ hasText: 'For this machine.' }));
		await expect(got.locator('summary')).not.toContainText('Incomplete');

		expect([...inside.shortcuts, ...outside.shortcuts]).toEqual([]);
	} finally {
		await inside.context.close();
		await outside.context.close();
		field.clear();
		rmSync(home, { recursive: true, force: true });
	}
});
