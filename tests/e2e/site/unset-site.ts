/**
 * A site server that nobody has set up: a process on a recorded machine, which believes the roots of a real
 * hub and is killed and started again on the same folder.
 *
 * @module
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { PublicJwk } from '#lib/formats/tokens.ts';
import type { RunningHub } from '../../fixtures/running-hub.ts';
import { makeSiteMachine, startSite, type SiteProcess } from '../../fixtures/running-site.ts';
import { recording } from '../../journeys/field-machine.ts';
import { expect } from '../fixtures.ts';

export const PASSWORD = 'harbor crane before noon';

export type UnsetSite = {
	data: string;
	address: string;
	/** What its process has printed for whoever sets it up. */
	link: () => string;
	/** Ends it by kill -9, and starts another on the same folder. */
	killAndStart: () => Promise<void>;
	stop: () => Promise<void>;
};

type Options = {
	/** `DIR/product.json`, as the vendor's kit brings it. */
	product?: object;
	isVirtual?: boolean;
};

export async function startUnsetSite(
	hub: Pick<RunningHub, 'roots'>,
	name: string,
	{ product, isVirtual = false }: Options = {}
): Promise<UnsetSite> {
	const { keys: roots } = JSON.parse(readFileSync(hub.roots, 'utf8')) as { keys: PublicJwk[] };
	const sign = () => Promise.reject(new Error('only the hub signs'));
	const machine = makeSiteMachine({ roots, sign }, name);
	const { data } = machine;
	const recorded = JSON.stringify(recording(name, { vm: isVirtual }));
	writeFileSync(join(data, '../machine.json'), recorded);
	if (product) writeFileSync(join(data, 'product.json'), JSON.stringify({ products: [product] }));
	let site: SiteProcess = await startSite(machine);
	const { port, address } = site;
	return {
		data,
		address,
		link: () => /http:\S+\/site\/setup\/\S+/.exec(site.log())?.[0] ?? '',
		killAndStart: async () => {
			await site.end('SIGKILL');
			site = await startSite(machine, { port });
		},
		stop: async () => {
			await site.end();
			machine.remove();
		}
	};
}

export const title = (page: Page, name: string | RegExp) =>
	page.getByRole('heading', { level: 1, name });

/** The first three steps, as somebody new takes them. */
export async function setUp(page: Page, site: Pick<UnsetSite, 'link'>, name = 'Plant 4') {
	await page.goto(site.link());
	await fillAccount(page);
	await fillReach(page, name);
	await passCheck(page);
}

export async function fillAccount(page: Page) {
	await expect(title(page, 'Who looks after this server?')).toBeVisible();
	await page.getByLabel('Name').fill('Ada');
	await page.getByLabel('Password').fill(PASSWORD);
	await page.getByRole('button', { name: 'Create account' }).click();
}

export async function fillReach(page: Page, name: string, way = 'No encryption') {
	await expect(title(page, 'Where do clients reach it?')).toBeVisible();
	await page.getByLabel('Name of this site').fill(name);
	await page.getByRole('radio', { name: way }).check();
	await page.getByRole('button', { name: 'Save and check' }).click();
	await expect(page.getByText(/^This browser reaches the server at/)).toBeVisible();
	await page.getByRole('button', { name: 'Continue' }).click();
}

export async function passCheck(page: Page) {
	await expect(title(page, 'Is this machine ready?')).toBeVisible();
	await page.getByRole('button', { name: /^Continue/ }).click();
	await expect(title(page, 'Enter the license key')).toBeVisible();
}

/** Opens the form for a license key and asks by it. */
export async function askByKey(page: Page, key: string) {
	const form = page.getByLabel('License key or number');
	const choice = page.getByRole('button', { name: 'With a license key' });
	// Which of them there is, is known once the server has said what it holds.
	await expect(form.or(choice).first()).toBeVisible();
	if (await choice.isVisible()) await choice.click();
	await form.fill(key);
	await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Ada Admin');
	await page.getByLabel('Organization').fill('Example GmbH');
	await page.getByRole('button', { name: 'Make request' }).click();
}

/** Carries the request to the hub by file. @returns What the hub answers. */
export async function carryOut(page: Page, hub: RunningHub): Promise<string> {
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('button', { name: /^Save file/ }).click()
	]);
	expect(download.suggestedFilename()).toMatch(/\.kfre[qt]$/);
	const text = readFileSync(await download.path(), 'utf8');
	const isReturn = download.suggestedFilename().endsWith('.kfret');
	const data = isReturn ? { return: text } : { request: text };
	const path = isReturn ? '/v1/returns' : '/v1/activations';
	const answer = await page.request.post(`${hub.address}${path}`, {
		data,
		headers: { authorization: `Bearer ${hub.demo.token}` }
	});
	const { file } = (await answer.json()) as { file: string };
	return file;
}

export async function bringIn(page: Page, text: string) {
	const buffer = Buffer.from(text);
	const file = { name: 'answer.kfact', mimeType: 'application/octet-stream', buffer };
	await page.getByTestId('files').setInputFiles(file);
}
