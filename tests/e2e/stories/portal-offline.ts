/**
 * What goes on at the portal while its server is stopped, what then says that it needs one, and what comes of
 * it once the server is back.
 *
 * @module
 */
import { expect, test } from '../fixtures.ts';
import { openAt } from '../open-at.ts';
import { inDays, keyIn, REMOTE, rowOf, rows, type PortalDesk } from './portal-desk.ts';

/** Begins where {@link useWithServer} ends. */
export async function useWithoutServer(desk: PortalDesk): Promise<void> {
	const { page, main } = desk;
	const { soon, later, atlas, server, old } = desk.bought;
	const search = page.getByRole('searchbox', { name: 'Search licenses' });

	const winch = await desk.machine('winch-host', '5.3');
	await test.step('[P11] without the server: an offline activation waits, and all of them are still listed', async () => {
		await desk.hub.end();
		await desk.activate(winch.path);
		await expect(main.getByText('Waiting for the server').first()).toBeVisible();
		await desk.open('/activations?q=crane');
		await expect(rows(page)).toHaveCount(1);
	});

	await test.step('[P10] without the server: searched by note, purchase and machine, sorted and filtered', async () => {
		await desk.open('/licenses');
		for (const [text, number] of [
			['regatta', soon],
			['po-carl-1 atlas server', server],
			['crane-host', later],
			[old.slice(3).toLowerCase().replaceAll('-', ''), old]
		] as const) {
			await search.fill(text);
			await expect(rows(page)).toHaveCount(1);
			await expect(rows(page)).toContainText(number);
		}
		await search.fill('');
		await page.getByRole('button', { name: /^Expired 1/ }).click();
		await expect(rows(page)).toHaveCount(1);
		await expect(rows(page)).toContainText(old);
		await desk.sortByEachColumn();
	});

	await test.step('[P5, P6, P9] without the server: the key, both dates and the summary', async () => {
		await desk.openLicense(later);
		await page.getByRole('button', { name: 'Copy key' }).click();
		await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
		const copied = await page.evaluate(() => navigator.clipboard.readText());
		expect(copied).toContain('BEGIN KEYFERRY LICENSE');
		await page.getByRole('button', { name: 'Show QR' }).first().click();
		await expect(page.getByRole('dialog').getByRole('img').first()).toBeVisible();
		await page.keyboard.press('Escape');
		for (const name of ['Maintenance until', 'Expires'])
			await expect(
				main.locator('dl > div').filter({ hasText: name }).locator('time')
			).toBeVisible();
		await desk.seeSummary();
	});

	await test.step('[P7, CH1] without the server: a note and a switch are kept until they can be sent', async () => {
		await desk.openLicense(later);
		await page.getByRole('button', { name: 'Add a note' }).click();
		await page.getByLabel('Note').fill('The crane went to quay 5.');
		await page.getByRole('button', { name: 'Save', exact: true }).click();
		await page.getByRole('switch', { name: REMOTE }).click();
		await expect(main.getByText('Not sent yet')).toHaveCount(2);
		await desk.open('/sync');
		await expect(main.getByText('Note on a license')).toBeVisible();
		await expect(main.getByText('Feature switched')).toBeVisible();
	});

	await test.step('[P2, P7, P8] without the server: what needs it says so', async () => {
		await desk.openLicense(later);
		await page.getByRole('button', { name: 'Show history' }).click();
		await expect(main.getByText(/does not answer/)).toBeVisible();
		await desk.open('/downloads');
		await expect(main.getByText(/does not answer|needs? the server/).first()).toBeVisible();
		await desk.open('/attach');
		const things = page.getByLabel('Purchase IDs, license numbers or license keys');
		const apart = main.getByText(/needs? the server/);
		await expect(things.or(apart).first()).toBeVisible();
		if (await things.isVisible()) {
			await things.fill('PO-CARL-2');
			await page.getByRole('button', { name: 'Mail the codes' }).click();
			await expect(main.getByText(/does not answer/)).toBeVisible();
		}
	});

	await test.step('[P4] without the server, years later: activated, and expired', async () => {
		const years = await desk.context.newPage();
		await years.clock.setFixedTime(inDays(1500) * 1000);
		await openAt(years, '/licenses', desk.hub.address);
		await expect(rowOf(years, later)).toContainText('Expired');
		await expect(keyIn(years, later)).toHaveText('Activated');
		await expect(keyIn(years, atlas)).toHaveText('Not activated');
		await years.close();
	});

	await test.step('[P7, P11] the server is back: what waited is sent, the machine is activated', async () => {
		await desk.startAgain();
		await desk.open('/requests');
		await page
			.getByRole('link', { name: /winch-host/ })
			.first()
			.click();
		await desk.carryBack(winch.machine);
		expect(await desk.statusOf(winch.machine, '5.3')).toMatchObject({ state: 'active' });
		await desk.openLicense(later);
		await expect(main.getByText('The crane went to quay 5.')).toBeVisible();
		await expect(page.getByRole('switch', { name: REMOTE })).toBeChecked();
		await expect(main.getByText('Not sent yet')).toHaveCount(0);
		await page.getByRole('button', { name: 'Show history' }).click();
		for (const told of ['Feature switched', 'License note changed', 'Machine activated'])
			await expect(main.getByText(told).first()).toBeVisible();
	});
}
