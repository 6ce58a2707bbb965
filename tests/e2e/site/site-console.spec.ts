/** A site server at work: clients, resources, connections and use, as its admin sees them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { isRefusal } from '#lib/domain/refusal.ts';
import { readFile } from '#lib/formats/file.ts';
import { verifyUsage } from '#lib/signing/usage.ts';
import {
	makeSiteMachine,
	makeVendor,
	startSite,
	type SiteMachine,
	type SiteProcess,
	type Vendor
} from '../../fixtures/running-site.ts';
import { Client, type Held } from '../../site/client.ts';
import { expectSoundEverywhere } from '../expect-sound.ts';
import { fillAccount, fillReach, title } from './unset-site.ts';

test.use({ locale: 'en-GB', viewport: { width: 1280, height: 760 } });

const SUB = '019b0000-0000-7000-8000-0000000000aa';
/** For a look at long lists: `ROWS=300` with `SCREENSHOTS`. */
const rows = Number(process.env.ROWS ?? 4);

/** Each screen for a look; of those that are much alike, one is enough for a test. */
const look: typeof expectSoundEverywhere = async (page, what) => {
	if (process.env.SCREENSHOTS) await expectSoundEverywhere(page, what);
};

let vendor: Vendor;
let machine: SiteMachine;
let site: SiteProcess;

test.beforeAll(async () => {
	vendor = await makeVendor();
	machine = makeSiteMachine(vendor);
	const product = { product: 'atlas-server', version: '8.2' };
	writeFileSync(join(machine.data, 'product.json'), JSON.stringify({ products: [product] }));
	// Its clients of 7 are licensed as well: they are warned, and work.
	await machine.activate({ org: 'North Works', clients: rows + 1, ver: { from: 7, to: 9 } });
	site = await startSite(machine);
});
test.afterAll(async () => {
	await site.end();
	machine.remove();
});

async function setUp(page: Page) {
	await page.goto(/http:\S+\/site\/setup\/\S+/.exec(site.log())?.[0] ?? '');
	await fillAccount(page);
	await fillReach(page, 'Plant west');
	await expect(title(page, 'Is this machine ready?')).toBeVisible();
	await page.getByRole('button', { name: /^Continue/ }).click();
	await page.getByRole('button', { name: 'Open this server’s pages' }).click();
	await expect(page.getByRole('navigation', { name: 'Pages of this server' })).toBeVisible();
}

const go = (page: Page, name: string) =>
	page.getByRole('navigation').getByRole('link', { name, exact: true }).click();

async function saved(page: Page, button: string): Promise<string> {
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('button', { name: button }).click()
	]);
	return readFileSync(await download.path(), 'utf8');
}

test('[LE4, LE6, RS2, LG1, US2] an admin sees who works, imports resources, reads the log and carries the use out', async ({
	page
}) => {
	await setUp(page);
	await go(page, 'Clients');
	await expect(page.getByText('Nobody is connected')).toBeVisible();

	// Live: whoever starts is there without a reload.
	const clients = Array.from({ length: rows }, () => new Client(site.address));
	const names = ['Ada Byron', 'Bo Larsen', 'Chen Wei', 'Dana Scully'];
	const held: Held[] = [];
	for (const [at, client] of clients.entries())
		held.push(
			await client.claim({
				user: names[at] ?? `Person ${at}`,
				machine: `bench-${at + 1}`,
				version: at === 1 ? '7.4' : at === 2 ? '8.9' : '8.2'
			})
		);
	await expect(page.getByText('Ada Byron')).toBeVisible();
	await expect(page.getByText('The server has 8.2: update this client.')).toBeVisible();
	await expect(page.getByText('The server has 8.2: update the server.')).toBeVisible();
	await look(page, 'site clients');
	await page.getByRole('searchbox').fill('bench-3');
	await expect(page.getByText('Ada Byron')).toHaveCount(0);
	await expect(page.getByText('Chen Wei')).toBeVisible();
	await page.getByRole('searchbox').fill('');

	// Ended with a reason, which the client is shown under its own key.
	await page.getByRole('button', { name: 'End the lease of Chen Wei' }).click();
	await page.getByLabel('Reason').fill('Maintenance at noon');
	await look(page, 'site end lease');
	await page.getByRole('button', { name: 'End lease' }).click();
	await expect(page.getByRole('button', { name: 'End the lease of Chen Wei' })).toHaveCount(0);
	expect(await clients[2]!.renew(held[2]!)).toMatchObject({
		status: 410,
		proven: true,
		body: { code: 'LEASE_ENDED', facts: { reason: 'Maintenance at noon' } }
	});

	// Another license of the product: all are told, and who has started again is seen.
	await machine.activate({ org: 'South Works', sub: SUB, num: 'KF-3A1R-55GW-08M4', clients: 2 });
	site.reload();
	await expect(page.getByText(`0 of ${rows - 1} clients have restarted`)).toBeVisible();
	held[0] = await clients[0]!.claim({ user: 'Ada Byron', machine: 'bench-1', version: '8.2' });
	await expect(page.getByText(`1 of ${rows - 1} clients have restarted`)).toBeVisible();
	await expectSoundEverywhere(page, 'site restarting');

	await go(page, 'Resources');
	await expect(page.getByText('No resources yet')).toBeVisible();
	await look(page, 'site no resources');
	await page.getByRole('button', { name: 'Import' }).click();
	await page.getByRole('textbox', { name: 'Name' }).fill('plant-west');
	await look(page, 'site import one');
	await page.getByRole('dialog').getByRole('button', { name: 'Import' }).click();
	await expect(page.getByText('1 resource imported.')).toBeVisible();
	await page.getByRole('button', { name: 'Import' }).click();
	await page.getByRole('radio', { name: 'List' }).check();
	await page
		.getByLabel('Or paste it')
		.fill('name;customer;limit\nplant-east;South Works;1\nplant-north;Nobody;\n');
	await page.getByRole('button', { name: 'Check' }).click();
	await expect(page.getByText('1 to import, 0 here already, 1 with problems.')).toBeVisible();
	await expect(page.getByText('has no license that is active here')).toBeVisible();
	await expectSoundEverywhere(page, 'site import list');
	await page.getByRole('button', { name: 'Import 1' }).click();
	await expect(page.getByText('plant-east')).toBeVisible();
	await page.getByRole('button', { name: 'Import' }).click();
	await page.getByRole('radio', { name: 'Database server' }).check();
	await page.getByRole('textbox', { name: 'Server' }).fill('127.0.0.1');
	await page.getByRole('textbox', { name: 'Port' }).fill('1');
	await page.getByRole('textbox', { name: 'User' }).fill('ada');
	await page.getByRole('button', { name: 'List databases' }).click();
	await expect(page.getByText('DATABASE_SERVER_REFUSED')).toBeVisible();
	await look(page, 'site import databases');
	await page.keyboard.press('Escape');
	held[3] = await clients[3]!.claim({ user: 'Dana Scully', resource: 'plant-east' });
	await expect(page.getByText('1 of 1 client')).toBeVisible();
	await expectSoundEverywhere(page, 'site resources');
	await page.getByRole('button', { name: 'Remove plant-west' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
	await expect(page.getByRole('button', { name: 'Remove plant-west' })).toHaveCount(0);

	await go(page, 'Log');
	await expect(page.getByText('Refused and failed connections are written down.')).toBeVisible();
	await page.getByText('What is written, and for how long').click();
	await page.getByLabel('Write down').selectOption('Everything');
	await page.getByLabel('Names of people and machines').check();
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	await expect(page.getByText('All connections are written down')).toBeVisible();
	await clients[0]!.release(held[0]);
	const refused = await new Client(site.address).claim({
		user: 'Eve Nobody',
		resource: 'plant-east'
	});
	expect(refused.said.body).toMatchObject({ code: 'RESOURCE_LIMIT_REACHED' });
	await expect(page.getByText('Eve Nobody')).toBeVisible();
	await expect(page.getByText('Ada Byron')).toBeVisible();
	await expectSoundEverywhere(page, 'site log');
	await page.getByLabel('Show').selectOption('Errors');
	await expect(page.getByText('Ada Byron')).toHaveCount(0);
	await expect(page.getByText('RESOURCE_LIMIT_REACHED')).toBeVisible();
	const log = await saved(page, 'Download');
	expect(log).toContain('"event":"release"');
	expect(log).not.toContain(held[0].key.toString('base64url'));

	await go(page, 'Usage');
	await expect(page.getByText(`At most ${rows} of`)).toBeVisible();
	await page.getByText('As a table').click();
	await expectSoundEverywhere(page, 'site usage');
	expect(await saved(page, 'Save as CSV')).toMatch(/^hour,product,peak,denied,waiting\r\n/);
	const file = readFile(await saved(page, 'Save signed report'));
	if (isRefusal(file)) throw new Error(file.refused);
	const usage = await verifyUsage(file, { roots: vendor.roots });
	if (isRefusal(usage)) throw new Error(usage.refused);
	expect(usage.claims.site).toBe('Plant west');
	expect(Math.max(...usage.claims.peak)).toBe(rows);
	await expect(title(page, 'Usage')).toBeVisible();
});
