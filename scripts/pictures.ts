/**
 * `npm run pictures`: the pictures of README.md, `docs/pictures/*.png`, and of the tour, `docs/tour/*.webp`,
 * taken of the running app. `-- --only readme` or `tour`.
 *
 * @module
 */
import { chromium, type Browser, type Page } from '@playwright/test';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildDesk } from './build-desk.ts';
import { findChromium } from './find-chromium.ts';
import {
	ADDRESS,
	activate,
	demoYear,
	PICTURED_AT,
	requestOf,
	type DemoYear
} from './pictures/demo-year.ts';
import { readOptions } from './options.ts';
import { root } from './root.ts';

const FOLDER = join(root, 'docs/pictures');
const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 780 };

const { values } = readOptions({ options: { only: { type: 'string' } } });
buildDesk('desk');
const { executable } = findChromium();
if (values.only !== 'tour') await takeReadme();
if (values.only !== 'readme') takeTour();

async function takeReadme(): Promise<void> {
	const home = mkdtempSync(join(tmpdir(), 'keyferry-pictures-'));
	mkdirSync(FOLDER, { recursive: true });
	const demo = await demoYear(join(home, 'data'));
	const browser = await chromium.launch({ executablePath: executable });
	try {
		await picturesOf(browser, demo);
	} finally {
		await browser.close();
		await demo.stop();
		rmSync(home, { recursive: true, force: true });
	}
}

/** The test that walks the tour takes its pictures, and fails where a step of it is gone. */
function takeTour(): void {
	const folder = join(root, 'docs/tour');
	rmSync(folder, { recursive: true, force: true });
	const playwright = join(root, 'node_modules/@playwright/test/cli.js');
	const { status } = spawnSync(process.execPath, [playwright, 'test', 'tour.spec.ts'], {
		cwd: root,
		stdio: 'inherit',
		env: { ...process.env, KEYFERRY_CHROMIUM: executable, KEYFERRY_TOUR: folder }
	});
	if (status !== 0) throw new Error('the tour was not walked to its end');
	const sizes = readdirSync(folder).map((name) => statSync(join(folder, name)).size);
	const all = sizes.reduce((sum, size) => sum + size, 0);
	console.log(`docs/tour: ${sizes.length} pictures, ${Math.round(all / 1000)} kB`);
}

async function picturesOf(browser: Browser, demo: DemoYear): Promise<void> {
	const drawing = demo.licenses.find(({ seats }) => seats === 25)!;
	const backup = demo.licenses.find(({ seats }) => seats === 5)!;

	const desk = await signedIn(browser, demo, WIDE);
	await bring(desk, [
		await requestOf(drawing.number, 'drawing-19', PICTURED_AT),
		await requestOf(drawing.number, 'drawing-20', PICTURED_AT)
	]);
	await go(desk, '/');
	await desk.getByRole('figure').waitFor();
	await take(desk, 'first-screen');

	await go(desk, '/licenses');
	await desk.getByText(backup.number).first().click();
	await desk.getByRole('heading', { level: 1, name: 'Harbor Backup' }).waitFor();
	await desk.getByText(/^\d+ licenses$/).waitFor();
	await take(desk, 'licenses');

	await go(desk, `/activate/${drawing.number}`);
	await take(desk, 'activate');

	const phone = await signedIn(browser, demo, PHONE);
	await activate(demo, await requestOf(backup.number, 'vault-e', PICTURED_AT));
	await bring(phone, [await requestOf(backup.number, 'vault-f', PICTURED_AT)]);
	await go(phone, '/requests');
	await phone.getByText('vault-f').first().click();
	await phone.getByText('vault-e').first().waitFor();
	await take(phone, 'no-free-seat');
}

/** The manager's desk, with everything that the hub has of theirs. */
async function signedIn(browser: Browser, demo: DemoYear, viewport: typeof WIDE): Promise<Page> {
	const context = await browser.newContext({ viewport, locale: 'en-GB', colorScheme: 'light' });
	const page = await context.newPage();
	await page.clock.install({ time: PICTURED_AT * 1000 });
	const manager = demo.users.find(({ role }) => role === 'manager')!;
	await go(page, '/sign-in');
	await page.locator('main input[type=email]').fill(manager.email);
	await page.locator('main input[type=password]').fill(manager.password);
	await Promise.all([
		page.waitForEvent('load'),
		page.locator('main form button[type=submit]').click()
	]);
	await page.getByText(/licenses, activated on/).waitFor();
	return page;
}

/** Requests that somebody brings on a stick, submitted and answered. */
async function bring(page: Page, requests: readonly string[]): Promise<void> {
	await go(page, '/import');
	await page
		.locator('input[type=file]:not([webkitdirectory])')
		.first()
		.setInputFiles(
			requests.map((request, at) => ({
				name: `request-${at}.kfreq`,
				mimeType: 'text/plain',
				buffer: Buffer.from(request)
			}))
		);
	await page
		.getByRole('button', { name: /^Submit/ })
		.first()
		.click();
	await page
		.getByText(/Granted|Refused/)
		.first()
		.waitFor();
}

async function go(page: Page, path: string): Promise<void> {
	// From an empty page it is one load: the router would load the next page later.
	await page.goto('about:blank');
	await page.goto(`${ADDRESS}/#${path}`);
	await page.locator('main h1').waitFor();
}

async function take(page: Page, name: string): Promise<void> {
	await page
		.getByText(/^Online/)
		.first()
		.waitFor();
	await page.locator('.skeleton').waitFor({ state: 'detached' });
	await page.evaluate(() => document.fonts.ready.then(() => undefined));
	const path = join(FOLDER, `${name}.png`);
	await page.screenshot({ path, animations: 'disabled' });
	console.log(`docs/pictures/${name}.png: ${Math.round(statSync(path).size / 1000)} kB`);
}
