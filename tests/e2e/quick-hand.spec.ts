import { expect, test } from './fixtures.ts';
import { openAt } from './open-at.ts';

test('a dialog that a quick hand closes and opens again stays open', async ({ page }) => {
	await openAt(page, '/import');
	await page.getByRole('main').getByRole('button', { name: 'Paste', exact: true }).click();
	const dialog = page.getByRole('dialog');
	await expect(dialog).toBeVisible();
	await page.evaluate(async () => {
		const button = (within: string, name: string) =>
			[...document.querySelectorAll<HTMLElement>(`${within} button`)].find((each) =>
				[each.ariaLabel, each.textContent?.trim()].includes(name)
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
