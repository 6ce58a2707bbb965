/**
 * The steps of a first run, as somebody new takes them.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import type { MailServer } from '../fixtures/mail-server.ts';
import { loadedAnew } from './signing-in.ts';

export const ADMIN = 'ada@quay.example';
export const PASSWORD = 'tide table under nine';

export const title = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });

export async function fillAdmin(page: Page) {
	await expect(title(page, 'Who looks after this server?')).toBeVisible();
	await page.getByLabel('Your name').fill('Ada Admin');
	await page.getByLabel('Email').fill(ADMIN);
	await page.getByLabel('Password').fill(PASSWORD);
	await page.getByRole('button', { name: 'Create account' }).click();
}

export async function fillReach(page: Page, way: 'authority' | 'none') {
	await expect(title(page, 'Where do people reach it?')).toBeVisible();
	await page.getByLabel('Your name as the vendor').fill('Quay Software');
	const name = way === 'authority' ? 'Make a certificate here' : 'Only on this machine';
	await page.getByRole('radio', { name }).check();
	await page.getByRole('button', { name: 'Save and check' }).click();
	await expect(page.getByText(/^This browser reaches the server at/)).toBeVisible();
}

export async function saveRoot(page: Page): Promise<string> {
	await page.getByRole('button', { name: 'Make root key' }).click();
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('button', { name: 'Save root key' }).click()
	]);
	expect(download.suggestedFilename()).toMatch(/^keyferry-root-\w{8}\.json$/);
	return readFileSync(await download.path(), 'utf8');
}

export async function chooseRoot(page: Page, button: string, text: string) {
	const [chooser] = await Promise.all([
		page.waitForEvent('filechooser'),
		page.getByRole('button', { name: button }).click()
	]);
	const buffer = Buffer.from(text);
	await chooser.setFiles({ name: 'root.json', mimeType: 'application/json', buffer });
}

export async function fillCatalog(page: Page) {
	await expect(title(page, 'Issue the first license')).toBeVisible();
	await page.getByLabel('Name of the product').fill('Tide Table Pro');
	await expect(page.getByLabel('Code', { exact: true })).toHaveValue('tide-table-pro');
	await page.getByLabel('Name of the customer').fill('Harbor Nine BV');
	await page.getByLabel('Seats').fill('3');
	await expect(page.getByText(/^Tide Table Pro Standard, 3 seats, version 1/)).toBeVisible();
	await page.getByRole('button', { name: 'Sign and issue' }).click();
	await expect(title(page, 'The first license is issued')).toBeVisible();
}

/** From the link on the console to the first admin's desk. `see` is shown each step. */
export async function setUpHub(
	page: Page,
	link: string,
	mail: MailServer,
	see: (step: string) => Promise<void> = () => Promise.resolve()
): Promise<void> {
	await page.goto(link);
	await expect(title(page, 'Who looks after this server?')).toBeVisible();
	await see('set-up');
	await fillAdmin(page);
	await fillReach(page, 'none');
	await see('address');
	await page.getByRole('button', { name: 'Continue' }).click();
	const root = await saveRoot(page);
	await chooseRoot(page, 'Choose the saved file', root);
	await expect(page.getByText('The root key has vouched for this server')).toBeVisible();
	await see('keys');
	await page.getByRole('button', { name: 'Continue' }).click();
	await fillCatalog(page);
	await see('first-license');
	await page.getByRole('button', { name: 'Continue' }).click();
	await page.getByRole('button', { name: 'Send test message' }).click();
	expect((await mail.mailTo(ADMIN)).subject).toBe('Mail from your server arrives');
	await page.getByRole('button', { name: 'Continue' }).click();
	await page.getByRole('button', { name: 'Finish and start the server' }).click();
	await expect(title(page, 'Your server is running')).toBeVisible();
	await see('ready');
	await page.getByRole('link', { name: 'Open the server' }).click();
	await page.getByLabel('Email').fill(ADMIN);
	await page.getByLabel('Password').fill(PASSWORD);
	await loadedAnew(page, () =>
		page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click()
	);
}
