import { LicenseOffice } from '../../journeys/license-office.ts';
import { openDesk } from '../desk-page.ts';
import { expect, online, test } from '../fixtures.ts';
import { openAt } from '../open-at.ts';
import { signInAs } from '../signing-in.ts';

test.use(online);

/** How many frames a tab stays open after the click; `seen`: until it said that it is queued. */
const MOMENTS = [0, 1, 2, 4, 8, 'seen'] as const;

test('[DK1] a tab that is closed at any moment after Submit has the request queued, or not at all', async ({
	context,
	page,
	hub
}) => {
	const office = new LicenseOffice(hub);
	try {
		await signInAs(page, hub, 'manager');
		await page.close();
		const license = await office.issue('--seats', String(MOMENTS.length));
		for (const moment of MOMENTS) {
			const machine = office.field.machine(`lid-${moment}`);
			const file = await office.request(machine, license);
			const tab = await context.newPage();
			await openAt(tab, '/import', hub.address);
			await tab.getByTestId('files').setInputFiles(machine.path(file));
			const submit = tab.getByRole('button', { name: 'Submit 1' });
			await submit.evaluate(
				async (button: HTMLElement, frames) => {
					button.click();
					for (let frame = 0; frame < frames; frame++) await new Promise(requestAnimationFrame);
				},
				moment === 'seen' ? 0 : moment
			);
			if (moment === 'seen') await expect(tab.getByText('1 queued for the server.')).toBeVisible();
			// At once: nothing of the page is asked first.
			await tab.close();
		}
		const desk = await openDesk(context, hub.address);
		const found = await desk.evaluate(async () =>
			(await globalThis.desk.listRequests()).map(({ state, summary }) => [summary.label, state])
		);
		// What is here and unsent would have lost the wish.
		expect(found.filter(([, state]) => state === 'draft')).toEqual([]);
		expect(found.map(([label]) => label)).toContain('lid-seen');
	} finally {
		office.field.clear();
	}
});

test('a dialog that a quick hand closes and opens again stays open', async ({ page }) => {
	await openAt(page, '/import');
	await page.getByRole('main').getByRole('button', { name: 'Paste', exact: true }).click();
	const dialog = page.getByRole('dialog');
	await expect(dialog).toBeVisible();
	await page.evaluate(async () => {
		const button = (within: string, name: string) =>
			[...document.querySelectorAll<HTMLElement>(`${within} button`)].find((each) =>
				[each.ariaLabel, each.textContent.trim()].includes(name)
			)!;
		const opener = button('main', 'Paste');
		button('dialog', 'Close').click();
		opener.click();
		// By then the browser has told of the first closing.
		for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
	});
	await expect(dialog).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(dialog).toHaveCount(0);
});
