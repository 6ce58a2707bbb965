import { encodeFingerprint } from '#lib/formats/fingerprint-code.ts';
import type { Page } from '@playwright/test';
import { fillActivate, type ActivateAnswers } from '../activate-form.ts';
import { expectSound } from '../expect-sound.ts';
import { openAt } from '../open-at.ts';
import { expect, online, test } from '../fixtures.ts';
import { signInAs } from '../signing-in.ts';

test.use(online);

const hash = (letter: string) => letter.repeat(22);
const code = encodeFingerprint({ fp: { os: hash('a'), disk: hash('b') }, vm: false });

async function ask(page: Page, number: string, answers: ActivateAnswers) {
	await openAt(page, `/activate/${number}`);
	await fillActivate(page, answers);
	await page.getByRole('button', { name: 'Make request' }).click();
}

test.use({ locale: 'en-GB', viewport: { width: 1280, height: 760 } });

test('[NM1] a label that turns the line turns nothing but itself', async ({ page, demo }, info) => {
	const number = demo.licenses[0]?.number ?? '';
	for (const label of ['rack\u202e07', 'שרת 07']) {
		await ask(page, number, {
			code,
			label,
			name: 'עדה',
			organization: 'Example GmbH'
		});
		await expect(page.getByRole('heading', { name: 'Request created' })).toBeVisible();
	}
	await openAt(page, '/requests');
	const rows = page.getByRole('main').getByRole('listitem');
	await expect(rows).toHaveCount(2);
	const marked = rows.filter({ hasText: 'rack⟨U+202E⟩07' });
	await expect(marked).toBeVisible();
	// Where the signs really stand: the digits come after the mark, from left to right.
	const places = await marked
		.locator('bdi')
		.first()
		.evaluate((bdi) => {
			const text = bdi.firstChild!;
			return Array.from({ length: text.textContent!.length }, (_, at) => {
				const range = document.createRange();
				range.setStart(text, at);
				range.setEnd(text, at + 1);
				return range.getBoundingClientRect().left;
			});
		});
	expect(places).toEqual(places.toSorted((a, b) => a - b));
	await page.screenshot({ path: info.outputPath('typed.png') });
	await rows.filter({ hasText: 'שרת 07' }).click();
	const saved = page.waitForEvent('download');
	await page
		.getByRole('button', { name: /^Save file/ })
		.first()
		.click();
	expect((await saved).suggestedFilename()).toMatch(/^שרת-07_[0-9A-Z]{4}_[0-9a-f]{6}\.kfreq$/);
});

test('[MA6] a name is no machine code, and is asked for only where the license allows it', async ({
	page,
	demo,
	hub
}, info) => {
	await signInAs(page, hub, 'manager');
	const number = demo.licenses[0]?.number ?? '';
	await openAt(page, `/activate/${number}`);
	await page.getByRole('textbox', { name: 'Machine code' }).fill('rack-07');
	await expect(page.getByText(/^The machine code cannot be read/)).toBeVisible();
	await page.getByRole('textbox', { name: 'Machine code' }).fill('');
	await page.getByText('No machine code? Give the machine a name').click();
	await page.getByRole('textbox', { name: 'Name given by hand' }).fill('rack-07');
	await expect(page.getByRole('textbox', { name: 'Machine code' })).toBeDisabled();
	await expectSound(page);
	await page.screenshot({ path: info.outputPath('given.png'), fullPage: true });
	await fillActivate(page, { name: '\u200b \u3164' });
	await page.getByRole('button', { name: 'Make request' }).click();
	await expect(page.getByText('Enter the name of the person making the request.')).toBeVisible();
	await fillActivate(page, { name: 'Demo Person' });
	await page.getByRole('button', { name: 'Make request' }).click();
	await expect(page.getByRole('heading', { name: 'Request created' })).toBeVisible();
});
