/** Notes, names and sites changed in their place, by two people at once too. [CH1] */
import { askFor, claimsOf, makeMachine } from '../../fixtures/hub.ts';
import { expectSoundEverywhere } from '../expect-sound.ts';
import { expect, test } from '../fixtures.ts';
import { openAt } from '../open-at.ts';
import { issueOwn } from '../own-license.ts';
import { signInAs } from '../signing-in.ts';

test('[CH1] a note written offline, and another one meanwhile: both are there, and are merged', async ({
	browser,
	hub
}) => {
	const { number } = await issueOwn(hub);
	const [mine, other] = [await browser.newContext(), await browser.newContext()];
	try {
		const note = async (context: typeof mine, role: string) => {
			const page = await context.newPage();
			await signInAs(page, hub, role);
			await openAt(page, `/licenses/${number}`, hub.address);
			await expect(page.getByRole('button', { name: 'Add a note' })).toBeVisible();
			return page;
		};
		const page = await note(mine, 'technician');
		await mine.setOffline(true);
		await page.getByRole('button', { name: 'Add a note' }).click();
		await page.getByLabel('Note').fill('Moves in May.\nAsk Bob.');
		await page.keyboard.press('Control+Enter');
		await expect(page.getByText('Not sent yet')).toBeVisible();

		const theirs = await note(other, 'manager');
		await theirs.getByRole('button', { name: 'Add a note' }).click();
		await theirs.getByLabel('Note').fill('Moves in June.');
		await theirs.getByRole('button', { name: 'Save', exact: true }).click();
		await expect(theirs.getByText('Moves in June.')).toBeVisible();
		await expect(theirs.getByText('Not sent yet')).toBeHidden();

		await mine.setOffline(false);
		const two = page.getByRole('group', { name: 'Two versions of this note' });
		await expect(two).toContainText('Moves in May.');
		await expect(two).toContainText('Moves in June.');
		await expectSoundEverywhere(page, 'two versions of a note');
		await openAt(page, '/sync', hub.address);
		await expect(two).toBeVisible();
		await expectSoundEverywhere(page, 'two versions of a note on Sync');
		await two.getByRole('button', { name: 'Merge' }).click();
		const merged = page.getByLabel('Merged note');
		await expect(merged).toHaveValue('Moves in June.\nMoves in May.\nAsk Bob.');
		await merged.fill('Moves in May or June.');
		await two.getByRole('button', { name: 'Save', exact: true }).click();
		await expect(two).toBeHidden();
		await openAt(page, `/licenses/${number}`, hub.address);
		await expect(page.getByText('Moves in May or June.')).toBeVisible();
		await expect(page.getByText('Not sent yet')).toBeHidden();
	} finally {
		await mine.close();
		await other.close();
	}
});

test('[CH1] one of many machines is found, renamed in its place, and found by its new name', async ({
	page,
	hub
}) => {
	const { number, key } = await issueOwn(hub, { seats: 20 });
	const { sec } = claimsOf<'license'>(key);
	for (let at = 1; at <= 14; at++) {
		const request = await askFor({ number, sec }, await makeMachine(`${number}-bench-${at}`));
		const body = JSON.stringify({ request });
		const answer = await fetch(`${hub.address}/v1/activations`, { method: 'POST', body });
		expect(answer.status).toBe(201);
	}
	await signInAs(page, hub, 'technician');
	await openAt(page, `/licenses/${number}`, hub.address);
	const machines = page.locator('#machines li');
	await expect(machines).toHaveCount(14);
	await page.getByLabel('Search the machines of this license').fill('bench-13');
	await expect(machines).toHaveCount(1);
	await expect(page.getByText('1 of 14 machines')).toBeVisible();
	await expectSoundEverywhere(page, 'a machine among many');
	await machines.getByRole('link').click();
	await page.getByRole('button', { name: 'Rename' }).click();
	await page.getByLabel('Name', { exact: true }).fill('Prüfstand links');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { level: 1, name: 'Prüfstand links' })).toBeVisible();
	await expect(page.getByText(`Called ${number}-bench-13 in its request`)).toBeVisible();
	await expect(page.getByRole('button', { name: 'Rename' })).toBeFocused();
	await page.getByRole('button', { name: 'Add a site' }).click();
	await page.getByLabel('Site', { exact: true }).fill('Hamburg');
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	await expect(page.getByText('Hamburg')).toBeVisible();
	await expectSoundEverywhere(page, 'a renamed machine');
	await openAt(page, `/licenses/${number}?q=hamburg`);
	await expect(machines).toHaveCount(1);
	await expect(machines).toContainText('Prüfstand links');
});
