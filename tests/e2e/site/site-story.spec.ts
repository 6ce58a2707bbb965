/**
 * A site server from the kit, in a network that leads nowhere: set up in a browser, unlocked by files that are
 * carried to a real hub, and what its clients see, who are given no key and no file, from their first start to
 * the last change of its licenses. One story in three parts.
 */
import type { Page } from '@playwright/test';
import { readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { License } from '../../journeys/license-office.ts';
import { expect, online, test } from '../fixtures.ts';
import { noGapNetwork, type Program } from '../stories/gap-network.ts';
import { GapStory } from '../stories/gap-story.ts';
import { askByKey, bringIn, carryOut, setUp } from './unset-site.ts';

test.use(online);

test.describe.configure({ mode: 'serial' });

let story: GapStory | undefined;
let page: Page;
let license: License;
let ben: Program | undefined;
let carl: Program | undefined;
let dora: Program | undefined;

test.beforeAll(async ({ hub, launchOptions }) => {
	const reason = noGapNetwork();
	test.skip(reason !== undefined, reason);
	story = await GapStory.open(hub, launchOptions, { product: 'atlas-server', version: '9.0' });
	({ page } = story);
});
test.afterAll(() => story?.close());

const go = (name: string) =>
	page.getByRole('navigation').getByRole('link', { name, exact: true }).click();

test('[K4, LE1, LE7] two of three clients work in the gap, and the third is told who does and gets in when one leaves', async ({
	hub
}) => {
	const { office, link } = story!;
	license = await office.issue('--clients', '2', '--entitlements', 'dataflow,workflow');
	await setUp(page, { link: () => link });
	await askByKey(page, license.key);
	await bringIn(page, await carryOut(page, hub));
	await expect(page.getByText('Activated: 2 clients, dataflow and workflow')).toBeVisible();
	await page.getByRole('button', { name: 'Open this server’s pages' }).click();

	const anna = story!.client('anna');
	ben = story!.client('ben');
	for (const client of [anna, ben]) {
		const activated = await client.sees('Unlocked: Dataflow, Workflow');
		expect(activated).toContain(`license ${license.number}`);
		await client.sees('update the client');
		client.type('1', '3');
		await client.sees('sum →');
		await client.sees('(ENTITLEMENT_MISSING)');
	}
	carl = story!.client('carl');
	await carl.sees(/All .*2.*/);
	const refused = await carl.sees('(CLIENT_LIMIT_REACHED)');
	expect(refused.match(new RegExp(`${userInfo().username} at .* since`, 'g'))).toHaveLength(2);
	carl.type('1');
	await carl.sees('(ENTITLEMENT_MISSING)');

	anna.type('q');
	await anna.gone();
	carl.type('x');
	await carl.sees('Unlocked: Dataflow, Workflow');
	carl.type('m');
	await carl.sees(/Clients\s+2 of 2 at work/);
	await expect(page.getByText('2 of 2 clients in use.')).toBeVisible();
});

test('[LE6, LC4] a file raises the license to three: all are told and start again, the third gets in, and all read the same status', async () => {
	const renewed = await story!.office.asks<{ file: string }[]>(
		...['license', 'renew', license.number, '--clients', '3', '--out', story!.home]
	);
	await bringIn(page, readFileSync(renewed[0]!.file, 'utf8'));
	await expect(page.getByText('Activated: 3 clients')).toBeVisible();
	await go('Clients');
	await expect(page.getByText('0 of 2 clients have restarted')).toBeVisible();
	for (const client of [ben, carl]) {
		await client!.sees('has a changed license');
		client!.type('x');
		await client!.sees('Unlocked: Dataflow, Workflow');
	}
	dora = story!.client('dora');
	await dora.sees('Unlocked: Dataflow, Workflow');
	await sameStatus();
});

test('[RS1, RS2, LG1] clients open what is of the customers active here; with its license a resource leaves their lists', async ({
	hub
}) => {
	const { office, home } = story!;
	const other = await office.asks<License>(
		...['license', 'issue', '--product', 'atlas-server', '--customer', 'Sample Works Ltd'],
		...['--versions', '8-9', '--entitlements', 'dataflow', '--clients', '1']
	);
	await go('License');
	await askByKey(page, other.key);
	await bringIn(page, await carryOut(page, hub));
	await expect(page.getByText('Activated: 1 client, dataflow')).toBeVisible();

	const list = join(home, 'list.csv');
	const rows = ['plant-east,Example GmbH', 'plant-west,Sample Works Ltd', 'plant-north,Nobody'];
	writeFileSync(list, ['name,customer', ...rows, ''].join('\n'));
	const imported = story!.keyferry('resource', 'import', list);
	await imported.sees('3 rows: 2 imported, 0 there before, 1 with problems.');
	await dora!.sees('got another license');
	dora!.type('o', '2');
	const both = await dora!.sees('✓ plant-west is open.');
	expect(both).toMatch(/plant-east +database of Example GmbH/);
	expect(both).toMatch(/plant-west +database of Sample Works Ltd/);
	expect(both).not.toContain('plant-north');
	for (const client of [ben, carl]) {
		await client!.sees('got another license');
		client!.type('x');
		await client!.sees('Unlocked: Dataflow, Workflow');
	}

	// It ends: carried back to the hub, and nobody is offered what it opened.
	const card = page.getByRole('region').filter({ hasText: other.number });
	await card.getByRole('button', { name: 'Give back' }).click();
	await page.getByRole('button', { name: 'Give back now' }).click();
	await expect(page.getByRole('heading', { name: 'Carry the return' })).toBeVisible();
	await bringIn(page, await carryOut(page, hub));
	await expect(page.getByText('The server has taken the seat back.')).toBeVisible();
	for (const client of [ben, carl, dora]) {
		await client!.sees('has a license less');
		client!.type('o', '1');
		const left = await client!.sees('✓ plant-east is open.');
		expect(left).toMatch(/plant-east +database of Example GmbH/);
		expect(left).not.toContain('plant-west');
	}
	await go('Clients');
	await sameStatus();

	await go('Log');
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('button', { name: 'Download' }).click()
	]);
	const log = readFileSync(await download.path(), 'utf8');
	expect(log).toContain('CLIENT_LIMIT_REACHED');
	expect(log).not.toContain(license.key);
});

/** The server's page and each of three clients say the same. */
async function sameStatus() {
	await expect(page.getByText('3 of 3 clients in use.')).toBeVisible();
	for (const client of [ben, carl, dora]) {
		client!.type('m');
		const status = await client!.sees('Activated for');
		expect(status).toMatch(/Clients +3 of 3 at work/);
		expect(status).toMatch(new RegExp(`License +${license.number}`));
		expect(status).toMatch(/Entitlements +dataflow, workflow/);
	}
}
