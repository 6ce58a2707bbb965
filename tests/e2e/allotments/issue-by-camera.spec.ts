/** Issuing where there is no network, from a request that the camera sees. [O4] */
import { encodeQr } from '#lib/formats/qr.ts';
import { LicenseOffice, readTokens, said } from '../../journeys/license-office.ts';
import { Phones, saveShown, setAside } from '../allotment-desk.ts';
import { openAt } from '../open-at.ts';
import { expect, test } from '../fixtures.ts';
import { pictureOfCode } from '../picture.ts';
import { signInAs } from '../signing-in.ts';

test('[O4] [AL2] a scanned request is issued offline in two taps, and the file is on the screen @journey', async ({
	hub,
	launchOptions,
	camera
}) => {
	const office = new LicenseOffice(hub);
	const phones = new Phones(hub, launchOptions);
	try {
		const license = await office.issue('--seats', '2');
		const machine = office.field.machine('kiln-3');
		const request = await office.request(machine, license);
		const { context } = await phones.start();
		const visited = await context.newPage();
		await signInAs(visited, hub, 'manager');
		await setAside(visited, hub, { number: license.number, seats: 1 });
		// The scanner is fetched when the page has nothing better to do.
		await expect
			.poll(() =>
				visited.evaluate(async () => (await (await caches.open('keyferry-scanner')).keys()).length)
			)
			.toBeGreaterThan(0);
		await context.setOffline(true);
		camera.show(encodeQr(readTokens(machine, request).body).map((text) => pictureOfCode(text)));

		// Opened where there is no network, as on the day.
		await visited.close();
		const page = await context.newPage();
		await openAt(page, '/allotments', hub.address);
		let taps = 0;
		await page.exposeFunction('countTap', () => (taps += 1));
		await page.evaluate(() => {
			const { countTap } = globalThis as unknown as { countTap: () => void };
			addEventListener('click', ({ isTrusted }) => isTrusted && countTap(), { capture: true });
		});
		await page.getByRole('button', { name: 'Scan the request' }).click();
		// Read by itself: the request is open, and says what it is.
		await expect(page.getByRole('heading', { name: 'kiln-3' })).toBeVisible();
		await expect(page.getByRole('dialog')).toBeHidden();
		await expect(page.getByRole('main')).toContainText('1 seat left on this device');
		await page.getByRole('button', { name: 'Issue now' }).click();
		await expect(page.getByRole('heading', { name: 'Issued for kiln-3' })).toBeVisible();
		await expect(page.getByRole('img', { name: /^QR code/ })).toBeInViewport();
		expect(taps).toBe(2);
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
			360
		);

		const name = await saveShown(page, machine.path);
		expect(said(await office.load(machine, name))).toMatchObject([{ outcome: 'loaded' }]);
		await context.setOffline(false);
		await expect(page.getByText('The server has recorded it.')).toBeVisible();
		expect(await office.used(license.number)).toBe(1);
	} finally {
		camera.show([]);
		await phones.clear();
		office.field.clear();
	}
});
