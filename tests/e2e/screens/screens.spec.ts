import { expectSound, looks } from '../expect-sound.ts';
import { expect, online, test } from '../fixtures.ts';
import { openAt } from '../open-at.ts';
import { signInAs } from '../signing-in.ts';

test.use(online);

const screens = [
	'/',
	'/lookup',
	'/more',
	'/licenses',
	'/requests',
	'/activate',
	'/allotments',
	'/allotments/issue',
	'/import',
	'/sync',
	'/settings',
	'/sign-in'
];

for (const { colorScheme, width } of looks)
	test.describe(`${colorScheme}, ${width} pixels wide`, () => {
		test.use({ colorScheme, viewport: { width, height: 760 }, locale: 'en-GB' });

		test('axe finds nothing on any screen, signed out', async ({ page }) => {
			for (const path of [
				...screens,
				'/licenses/none',
				'/requests/none',
				'/allotments/none',
				'/join/none',
				'/nowhere'
			]) {
				await openAt(page, path);
				await expectSound(page, path);
			}
		});

		test('axe finds nothing on any screen, signed in', async ({ page, demo, hub }) => {
			await signInAs(page, hub, 'manager');
			for (const path of screens) {
				await openAt(page, path);
				await expectSound(page, path);
			}
			const number = demo.licenses[0]?.number ?? '';
			await openAt(page, `/licenses/${number}`);
			await expectSound(page, 'license');
			await page.getByRole('button', { name: 'Show QR' }).click();
			await expectSound(page, 'QR of a license');
			await page.keyboard.press('Escape');
			await page.keyboard.press('?');
			await expect(page.getByRole('dialog')).toBeVisible();
			await expectSound(page, 'help');
		});
	});

test.describe('by keyboard', () => {
	test.use({ viewport: { width: 1280, height: 760 }, locale: 'en-GB' });

	test('letters lead to screens and the search, arrows walk the licenses @journey', async ({
		page,
		hub
	}) => {
		await signInAs(page, hub, 'manager');
		await page.keyboard.press('g');
		await page.keyboard.press('r');
		await expect(page.getByRole('heading', { name: 'Requests', level: 1 })).toBeVisible();
		// A list has a search of its own, until it is known that nothing is in it.
		await expect(page.getByRole('searchbox')).toHaveCount(0);
		await expect(page.getByRole('heading', { name: 'No requests yet' })).toBeVisible();
		await page.keyboard.press('/');
		await expect(page.getByRole('heading', { name: 'Find a license', level: 1 })).toBeVisible();
		await expect(page.getByRole('searchbox')).toBeFocused();
		await page.getByRole('searchbox').blur();
		await page.keyboard.press('g');
		await page.keyboard.press('l');
		await expect(page.getByRole('heading', { name: 'Licenses', level: 1 })).toBeVisible();
		await page.keyboard.press('/');
		const search = page.getByRole('searchbox');
		await expect(search).toBeFocused();
		await search.fill('harbor');
		await expect(page.locator('a.row')).toHaveCount(1);
		await search.fill('');
		await expect(page.locator('a.row').nth(1)).toBeVisible();
		await page.locator('a.row').first().focus();
		await page.keyboard.press('Enter');
		await expect(page.locator('a.row').first()).toHaveAttribute('aria-current', 'true');
		await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
		const first = page.url();
		await page.locator('a.row').first().focus();
		await page.keyboard.press('ArrowDown');
		await expect(page.locator('a.row').nth(1)).toBeFocused();
		await expect(page.locator('a.row').nth(1)).toHaveAttribute('aria-current', 'true');
		expect(page.url()).not.toBe(first);
	});

	test('single letters can be switched off', async ({ page }) => {
		await openAt(page, '/settings');
		await page.getByRole('radio', { name: 'Off' }).check();
		await page.locator('h1').click();
		await page.keyboard.press('?');
		await page.keyboard.press('g');
		await page.keyboard.press('l');
		await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
		await expect(page.getByRole('dialog')).toHaveCount(0);
	});
});

test.describe('screens in use', () => {
	test.use({ viewport: { width: 360, height: 740 }, locale: 'en-GB' });

	test('a wrong check symbol shows while typing, look-alikes fold', async ({ page, demo }) => {
		const number = demo.licenses[0]?.number ?? '';
		await openAt(page, '/activate');
		const key = page.getByRole('textbox', { name: 'License key or number' });
		await key.fill(number.slice(0, -1));
		await expect(page.getByRole('alert')).toHaveCount(0);
		await key.fill(`${number.slice(0, -1)}${number.endsWith('0') ? '2' : '0'}`);
		await expect(page.getByRole('alert')).toContainText('One character is off');
		await key.fill(number.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l'));
		await expect(page.getByRole('region', { name: 'License', exact: true })).toContainText(number);
		await expect(page.getByRole('alert')).toHaveCount(0);
	});

	test('the language changes at once and is remembered @journey', async ({ page }) => {
		await openAt(page, '/settings');
		await page.getByRole('radio', { name: 'Deutsch' }).check();
		await expect(page.getByRole('heading', { name: 'Einstellungen' })).toBeVisible();
		await expect(page.locator('html')).toHaveAttribute('lang', 'de');
		await page.reload();
		await expect(page.getByRole('heading', { name: 'Einstellungen' })).toBeVisible();
	});

	test('a link that was cut within a letter leads to what says that nothing is there', async ({
		page
	}) => {
		for (const [path, said] of [
			['/%', 'Page not found'],
			['/licenses/50%25', 'This license is not on this device'],
			['/licenses/%E0%A4', 'This license is not on this device']
		]) {
			await page.goto(`/#${path}`);
			await expect(page.getByText(said!), path).toBeVisible();
			// Each is opened as from a mail.
			await page.goto('about:blank');
		}
	});

	test('a sign-in that is refused says what to do @journey', async ({ page }) => {
		await openAt(page, '/sign-in');
		await page.getByLabel('Email').fill('nobody@example.com');
		await page.getByLabel('Password').fill('not-the-password');
		await page.getByRole('button', { name: 'Sign in' }).click();
		await expect(page.getByRole('group', { name: 'Refused' })).toContainText('SIGN_IN_REFUSED');
	});
});
