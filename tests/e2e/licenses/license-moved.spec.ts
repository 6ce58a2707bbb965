/** What people see of a license that went to another customer, and of what they asked of it. [SE7] */
import { LicenseOffice } from '../../journeys/license-office.ts';
import {} from '../allotment-desk.ts';
import { openAt } from '../open-at.ts';
import { makeRequests, openDesk } from '../desk-page.ts';
import { expect, online, test } from '../fixtures.ts';
import { signInAs } from '../signing-in.ts';

test.use(online);

test('[SE7] a license that moved says so with its successor, and so does what waits on it', async ({
	browser,
	hub
}) => {
	const office = new LicenseOffice(hub);
	const context = await browser.newContext({
		viewport: { width: 360, height: 740 },
		locale: 'en-GB'
	});
	try {
		const license = await office.issue('--seats', '1', '--given');
		const page = await context.newPage();
		await signInAs(page, hub, 'manager');
		const calls = await openDesk(context, hub.address);
		const labels = ['compressor-12', 'waiting', 'not-sent'];
		const [seated, waiting, draft] = await makeRequests(calls, license.key, labels);
		const stateOf = (jti?: string) =>
			calls.evaluate(async (jti) => (await globalThis.desk.findRequest(jti!))?.state, jti);
		for (const [jti, state] of [
			[seated, 'granted'],
			[waiting, 'refused']
		] as const) {
			await calls.evaluate((jti) => globalThis.desk.submitRequests([jti!]), jti);
			await expect.poll(() => stateOf(jti)).toBe(state);
		}
		await openAt(page, `/requests/${waiting}`, hub.address);
		await page.getByRole('button', { name: 'Wait for a seat' }).click();
		await expect(page.getByText('Waiting for a seat', { exact: true })).toBeVisible();
		const told = async () => (await calls.evaluate(() => globalThis.desk.waitingCommands())).length;
		await expect.poll(told).toBe(0);

		const to = ['--to', 'Sample Works Ltd'];
		const moved = await office.asks<{ number: string }>('license', 'move', license.number, ...to);
		await calls.evaluate(() => globalThis.desk.syncNow());

		// What waited is told at once, with a file for its machine; what was never sent is warned.
		const refusedGroup = page.getByRole('group', { name: 'Refused' });
		await expect(refusedGroup).toContainText('LICENSE_MOVED');
		await expect(refusedGroup).toContainText(`has moved to another customer as ${moved.number}`);
		await expect(page.getByText('Waiting for a seat', { exact: true })).toHaveCount(0);
		const carried = await calls.evaluate(
			async (jti) => (await globalThis.desk.findRequest(jti!))?.answer,
			waiting
		);
		expect(carried).toContain('LICENSE_MOVED');
		await openAt(page, `/requests/${draft}`, hub.address);
		await expect(page.getByText('Not submitted', { exact: true })).toBeVisible();
		await expect(refusedGroup).toContainText(`as ${moved.number}`);

		// On its page and on the card of Lookup: the state, where it went, and whom to ask.
		const sentence = `Moved to another customer as ${moved.number}. Nothing new is granted here`;
		await openAt(page, `/licenses/${license.number}`, hub.address);
		await expect(page.locator('.detail').getByText('Moved', { exact: true })).toBeVisible();
		await expect(page.getByRole('main')).toContainText(sentence);
		await expect(page.locator('#machines').getByText('compressor-12')).toBeVisible();
		await expect(page.getByRole('link', { name: 'Activate a machine' })).toHaveCount(0);
		await openAt(page, '/lookup', hub.address);
		await page.getByRole('searchbox').fill(license.number);
		const card = page.getByRole('article');
		await expect(card.getByText('Moved', { exact: true })).toBeVisible();
		await expect(card).toContainText(sentence);
		await expect(card.getByRole('link', { name: 'Contact the vendor' })).toBeVisible();
		// A machine's name stands in one line: it is not cut to make room for its state.
		const name = await card.getByText('compressor-12').boundingBox();
		expect(name?.height).toBeLessThan(30);
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
			360
		);
	} finally {
		await context.close();
		office.field.clear();
	}
});
