import { makeRequests, openDesk } from '../desk-page.ts';
import { expectSoundEverywhere } from '../expect-sound.ts';
import { expect, test } from '../fixtures.ts';
import { openAt } from '../open-at.ts';
import { signInAs } from '../signing-in.ts';

test.use({ locale: 'en-GB', viewport: { width: 1280, height: 760 } });

test('[DK5] the first screen says what this is, then what to carry back and what needs attention', async ({
	context,
	page,
	hub,
	demo
}) => {
	await openAt(page, '/');
	const main = page.locator('main');
	await expect(
		main.getByRole('heading', { name: 'Activate software on machines without internet' })
	).toBeVisible();
	await expect(main.getByRole('img')).toHaveCount(3);
	await expect(main.locator('ul a strong')).toHaveText([
		'Activate a machine',
		'Import files',
		'Sign in'
	]);
	await expectSoundEverywhere(page, 'first screen, signed out');

	// It knows machines that are only named.
	const license = demo.licenses.find(({ seats }) => seats === 25)!;
	await signInAs(page, hub, 'manager');
	const desk = await openDesk(context, hub.address);
	const jtis = await makeRequests(desk, license.key, ['rack-first']);
	await desk.evaluate((jtis) => globalThis.desk.submitRequests(jtis), jtis);

	const carry = main.getByRole('region', { name: 'To carry back' });
	await expect(carry.getByRole('link', { name: /rack-first/ })).toContainText('Granted');
	await expect(main.getByRole('figure')).toContainText(/The server’s record begins on/);
	await main.getByText('Show as a table').click();
	await expect(main.getByRole('row')).toHaveCount(13);
	await expectSoundEverywhere(page, 'first screen, signed in');

	const [download] = await Promise.all([
		page.waitForEvent('download'),
		carry.getByRole('button', { name: 'Save 1 answer' }).click()
	]);
	expect(download.suggestedFilename()).toMatch(/^rack-first_.*\.kfact$/);
	await expect(carry).toContainText('1 answer saved');

	const install = main.getByRole('region', { name: 'Keep this app on this device' });
	await install.getByRole('button', { name: 'Do not show again' }).click();
	await expect(install).toHaveCount(0);

	await main.getByRole('link', { name: /licenses? expired/ }).click();
	await expect(page).toHaveURL(/#\/licenses\?is=expired$/);
	const expired = demo.licenses.find(({ seats }) => seats === 3)!;
	await expect(page.getByText(expired.number).first()).toBeVisible();
	await expect(page.getByText(license.number)).toHaveCount(0);

	await openAt(page, '/');
	await expect(main.getByRole('region', { name: 'Needs attention' })).toBeVisible();
	await expect(carry).toHaveCount(0);
	await expect(install).toHaveCount(0);
});
