import { expectSoundEverywhere } from '../expect-sound.ts';
import { expect, online, test } from '../fixtures.ts';
import { openAt } from '../open-at.ts';
import { signInAs } from '../signing-in.ts';

test.use(online);
test.use({ viewport: { width: 1280, height: 760 }, locale: 'en-GB' });

test('[DK6] by keyboard alone from any screen to a license, a machine and back', async ({
	page,
	hub,
	demo
}) => {
	await signInAs(page, hub, 'manager');
	await openAt(page, '/requests');
	const palette = page.getByRole('dialog', { name: 'Search everything' });
	const field = page.getByRole('combobox', { name: 'Search everything' });
	const chosen = palette.getByRole('option', { selected: true });

	// Words in any order; the first line is chosen, arrows go round.
	await page.keyboard.press('Control+k');
	await expect(field).toBeFocused();
	await field.fill('files IMP');
	await expect(chosen).toHaveText('Import files');
	await field.fill('backup harbor');
	await expect(chosen).toContainText('Harbor Backup');
	await field.fill('licenses');
	await expect(chosen).toHaveText('Licenses');
	await page.keyboard.press('ArrowDown');
	await expect(chosen).toHaveText('Licenses that need attention');
	await page.keyboard.press('ArrowUp');
	await page.keyboard.press('ArrowUp');
	await expect(palette.getByRole('option').last()).toHaveAttribute('aria-selected', 'true');
	await expectSoundEverywhere(page, 'palette');

	// A license by its number as people type it, with one character that is off.
	const { number } = demo.licenses[0]!;
	const last = number.at(-1) === '7' ? '8' : '7';
	await field.fill(`${number.slice(0, -1)}${last}`);
	await expect(palette.getByText('One character is off')).toBeVisible();
	await expect(chosen).toContainText(number);
	await page.keyboard.press('Enter');
	await expect(palette).toBeHidden();
	await expect(page).toHaveURL(/#\/licenses\/[0-9a-f-]{36}$/);
	await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
	await expect(page.locator('main').getByText(number).first()).toBeVisible();

	// Its machine, which is shown with its license; Escape leaves everything as it was.
	await page.keyboard.press('Control+k');
	await expect(chosen, 'what was used last comes first').toContainText(number);
	await field.fill('vault-b');
	const machines = palette.getByRole('group', { name: 'Machines' });
	await expect(machines.getByRole('option')).toHaveText(/^\s*vault-b\s+Harbor Backup/);
	await page.keyboard.press('Escape');
	await expect(palette).toBeHidden();
	await page.goBack();
	await expect(page.getByRole('heading', { name: 'Requests', level: 1 })).toBeVisible();

	// Nothing of the vendor's for a customer's manager, and nothing that is not here.
	await page.keyboard.press('Control+k');
	await field.fill('audit log');
	await expect(palette.getByRole('heading', { name: 'Nothing matches' })).toBeVisible();

	// Single letters are switched off from here; what opens the palette is none.
	await field.fill('single letter');
	await page.keyboard.press('Enter');
	await page.keyboard.press('Control+k');
	await field.fill('single letter');
	await expect(chosen).toHaveText('Turn on single-letter shortcuts');
	await page.keyboard.press('Escape');
	await expect(palette).toBeHidden();
	await page.keyboard.press('?');
	await page.keyboard.press('Control+k');
	await field.fill('keyboard shortcuts');
	const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
	await expect(help).toHaveCount(0);
	await page.keyboard.press('Enter');
	await expect(help).toContainText('Everywhere');
});
