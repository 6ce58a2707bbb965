/**
 * A technician's phone in browser tests: a profile on disk that outlives its browser, whose storage
 * the browser keeps, and which can be copied.
 *
 * @module
 */
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunningHub } from '../fixtures/running-hub.ts';
import { expect } from './fixtures.ts';
import { openAt } from './open-at.ts';

/** How its browser is started, and what it can: a touch screen, for one. */
type Launch = NonNullable<Parameters<typeof chromium.launchPersistentContext>[1]>;

export type Phone = { context: BrowserContext; profile: string };

export class Phones {
	readonly #folder = mkdtempSync(join(tmpdir(), 'keyferry-phones-'));
	readonly #hub: RunningHub;
	readonly #launch: Launch;
	readonly #open = new Set<BrowserContext>();
	#count = 0;

	constructor(hub: RunningHub, launch: Launch) {
		this.#hub = hub;
		this.#launch = launch;
	}

	/** @param profile - A new one by default. */
	async start(profile = join(this.#folder, `phone-${++this.#count}`)): Promise<Phone> {
		const context = await chromium.launchPersistentContext(profile, {
			...this.#launch,
			viewport: { width: 360, height: 740 },
			locale: 'en-GB',
			acceptDownloads: true
		});
		this.#open.add(context);
		await this.#keepStorage(context);
		return { context, profile };
	}

	async end({ context }: Phone): Promise<void> {
		this.#open.delete(context);
		await context.close();
	}

	/** Ends the browser as a phone that loses its power: nothing is told beforehand. */
	async kill({ context, profile }: Phone): Promise<void> {
		const browser = findBrowser(profile);
		const closed = context.waitForEvent('close');
		process.kill(browser, 'SIGKILL');
		await closed;
		this.#open.delete(context);
	}

	/** The profile of a phone that is switched off, file by file. */
	copy({ profile }: Phone): string {
		const copied = join(this.#folder, `copy-${++this.#count}`);
		cpSync(profile, copied, { recursive: true, filter: (file) => !/Singleton/.test(file) });
		return copied;
	}

	async clear(): Promise<void> {
		for (const context of this.#open) await context.close();
		rmSync(this.#folder, { recursive: true, force: true });
	}

	/** As a person allows it who installs the desk or is asked. [AL1] */
	async #keepStorage(context: BrowserContext): Promise<void> {
		const page = context.pages()[0] ?? (await context.newPage());
		const session = await context.newCDPSession(page);
		await session.send('Browser.grantPermissions', {
			origin: this.#hub.address,
			permissions: ['durableStorage']
		});
	}
}

/** Its own processes name the profile too, and their kind beside it. */
function findBrowser(profile: string): number {
	for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
		const file = join('/proc', id, 'cmdline');
		const line = existsSync(file) ? readFileSync(file, 'utf8') : '';
		if (line.includes(`--user-data-dir=${profile}`) && !line.includes('--type=')) return Number(id);
	}
	throw new Error(`no browser runs on ${profile}`);
}

/** Has seats set aside on the page of a license, and waits until the desk can issue them. */
export async function setAside(
	page: Page,
	hub: RunningHub,
	{ number, seats }: { number: string; seats: number }
): Promise<void> {
	await openAt(page, `/licenses/${number}`, hub.address);
	const card = page.getByRole('region', { name: 'Offline seats' });
	await card.getByRole('button', { name: 'Reserve offline seats' }).click();
	const dialog = page.getByRole('dialog');
	await dialog.getByLabel('Seats', { exact: true }).selectOption(String(seats));
	await dialog.getByRole('button', { name: /^Reserve \d+ seats?$/ }).click();
	await expect(dialog).toHaveCount(0);
	await expect(card.getByText(`${seats} of ${seats} left`)).toBeVisible();
}

/** Loads a request in the screen that issues; @returns the page, with the request open. */
export async function loadRequest(
	page: Page,
	hub: Pick<RunningHub, 'address'>,
	file: string
): Promise<void> {
	await openAt(page, '/allotments/issue', hub.address);
	const [chooser] = await Promise.all([
		page.waitForEvent('filechooser'),
		page.getByRole('button', { name: 'Load a file' }).click()
	]);
	await chooser.setFiles(file);
	await expect(page.getByRole('button', { name: 'Issue now' })).toBeVisible();
}

/** Saves the file that is shown. @returns Its name. */
export async function saveShown(page: Page, to: (name: string) => string): Promise<string> {
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('button', { name: /^Save file/ }).click()
	]);
	const name = download.suggestedFilename();
	await download.saveAs(to(name));
	return name;
}
