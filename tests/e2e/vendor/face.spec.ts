/** The vendor's face: set in the console, seen by customers, in mail and without a network. [VF1] */
import type { Page } from '@playwright/test';
import { accentColors } from '#lib/domain/vendor/accent.ts';
import { startMailServer } from '../../fixtures/mail-server.ts';
import { logoOf } from '../../fixtures/logo.ts';
import { startHub } from '../../fixtures/running-hub.ts';
import { expectSoundEverywhere } from '../expect-sound.ts';
import { expect, test } from '../fixtures.ts';
import { openAt } from '../open-at.ts';
import { signInAs } from '../signing-in.ts';

test.use({ locale: 'en-GB', viewport: { width: 1280, height: 760 } });

const YELLOW = '#ffd400';

test('[VF1] what an admin says of the vendor stands in desk, mail and sheets, and stays offline', async ({
	browser,
	page
}) => {
	const mail = await startMailServer();
	const env = { KEYFERRY_SMTP: mail.url, KEYFERRY_MAIL_FROM: 'licenses@example.com' };
	const hub = await startHub({ env });
	const context = await browser.newContext({ viewport: { width: 1280, height: 760 } });
	try {
		await signInAs(page, hub, 'admin');
		await openAt(page, '/vendor/server', hub.address);
		const card = page.getByRole('region', { name: 'Your appearance' });
		const choose = async (name: string, buffer: Buffer) => {
			const [chooser] = await Promise.all([
				page.waitForEvent('filechooser'),
				card.getByRole('button', { name: 'Choose logo' }).click()
			]);
			await chooser.setFiles({ name, mimeType: 'image/png', buffer });
		};
		await card.getByLabel('Name').fill('Example Software');
		await card.getByLabel('Support address').fill('help@example.com');
		await card.getByLabel('Color').fill('#ffd4');
		await card.getByRole('button', { name: 'Save' }).click();
		await expect(card.getByRole('alert')).toHaveText(
			'Write a color as # and six digits from 0 to f.'
		);
		await card.getByLabel('Color').fill(YELLOW);
		const { light, dark } = accentColors(YELLOW);
		await expect(card).toContainText(`${light.accent}: adjusted so that text is readable (4.5:1)`);
		await expect(card).toContainText(`${dark.accent}, as it is`);
		await choose('logo.png', Buffer.from('<svg onload="alert(1)"/>'));
		await expect(card).toContainText('The logo is not a PNG file.');
		await choose('logo.png', logoOf());
		await expect(card.getByRole('img', { name: 'Logo' })).toBeVisible();
		await expectSoundEverywhere(page, 'the vendor’s face in the console');
		await card.getByRole('button', { name: 'Save' }).click();
		const rail = page.getByRole('navigation', { name: 'Main' });
		await expect(rail.getByRole('link', { name: 'Example Software' })).toBeVisible();
		await page.getByRole('textbox', { name: 'To', exact: true }).fill('it@example.com');
		await page.getByRole('button', { name: 'Send a test message' }).click();
		const letter = await mail.mailTo('it@example.com');
		expect(letter.text).toContain('Example Software');
		expect(letter.replyTo?.value[0]?.address).toBe('help@example.com');

		// Somebody who never was here, signed out: nothing of Keyferry's is shown first.
		await context.addInitScript(() => {
			const seen = new Set<string>();
			Object.assign(globalThis, { seenNames: seen });
			const look = () => {
				for (const name of document.querySelectorAll<HTMLElement>('.whose bdi'))
					if (name.checkVisibility({ visibilityProperty: true })) seen.add(name.textContent);
				requestAnimationFrame(look);
			};
			look();
		});
		const expectOwn = async (at: Page) => {
			const own = at.getByRole('link', { name: 'Example Software' });
			await expect(own.locator('img')).toBeVisible();
			const seen = await at.evaluate(() => [
				...(globalThis as unknown as { seenNames: Set<string> }).seenNames
			]);
			expect(seen).toEqual(['Example Software']);
			await expect(at).toHaveTitle(/ · Example Software$/);
		};
		const first = await context.newPage();
		await first.goto(hub.address);
		await expectOwn(first);
		await openAt(first, '/sign-in', hub.address);
		await expect(first.getByRole('link', { name: 'help@example.com' })).toBeVisible();
		await expectSoundEverywhere(first, 'signing in to a vendor with a face');
		await first.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
		await first.close();

		await hub.end('SIGKILL');
		const cold = await context.newPage();
		await cold.goto(`${hub.address}/#/import`);
		await expectOwn(cold);
		const accent = () =>
			cold
				.locator('a[aria-current=page]')
				.first()
				.evaluate((link) => getComputedStyle(link).color);
		const rgb = (hex: string) =>
			`rgb(${[1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)).join(', ')})`;
		await cold.emulateMedia({ colorScheme: 'light' });
		expect(await accent()).toBe(rgb(light.strong));
		await cold.emulateMedia({ colorScheme: 'dark' });
		expect(await accent()).toBe(rgb(dark.strong));
		await cold.emulateMedia({ media: 'print' });
		const head = cold.locator('main .brand');
		await expect(head).toContainText('Example Software');
		await expect(head.getByText('help@example.com')).toBeVisible();
	} finally {
		await context.close();
		await hub.stop();
		await mail.stop();
	}
});
