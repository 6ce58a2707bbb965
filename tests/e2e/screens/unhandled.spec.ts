import { encodeFingerprint } from '#lib/formats/fingerprint-code.ts';
import { fillActivate } from '../activate-form.ts';
import { expectSoundEverywhere } from '../expect-sound.ts';
import { expect, online, test } from '../fixtures.ts';
import { openAt } from '../open-at.ts';
import { signInAs } from '../signing-in.ts';

test.use(online);

const hash = (sign: string) => sign.repeat(22);

for (const { fault, said, next } of [
	{ fault: 'QuotaExceededError', said: 'This device has no room left', next: 'Export now' },
	{ fault: 'UnknownError', said: 'Something went wrong', next: 'Reload' }
])
	test(`[DK11] a step that fails with ${fault} is said to have failed, and can be taken again`, async ({
		page,
		hub,
		demo
	}) => {
		const license = demo.licenses.find(({ seats }) => seats === 25)!;
		await signInAs(page, hub, 'manager');
		await openAt(page, '/activate');
		const machine = { fp: { os: hash('a'), board: hash('b'), disk: hash('d') }, vm: false };
		const code = encodeFingerprint(machine);
		await fillActivate(page, { license: license.number, code, label: 'rack-07' });
		await fillActivate(page, { name: 'Demo Person' });
		await page.getByRole('button', { name: 'Make request' }).click();
		const submit = page.getByRole('button', { name: /^Submit / });
		await expect(submit).toBeEnabled();

		// As a browser whose disk is full, or broken: a quota of its own counts in a new one alone.
		await page.evaluate((name) => {
			const { add, put } = IDBObjectStore.prototype;
			const refuse = () => {
				throw new DOMException('The disk is not what it was', name);
			};
			Object.assign(IDBObjectStore.prototype, { add: refuse, put: refuse });
			Object.assign(window, { mend: () => Object.assign(IDBObjectStore.prototype, { add, put }) });
		}, fault);
		await submit.click();
		const banner = page.getByRole('alert').filter({ hasText: said });
		await expect(banner).toBeVisible();
		await expect(banner.getByText(next)).toBeVisible();
		await expectSoundEverywhere(page, `failed with ${fault}`);

		await page.evaluate(() => (window as unknown as { mend: () => void }).mend());
		await submit.click();
		await expect(page).toHaveURL(/#\/requests\/[0-9a-f-]{36}$/);
		await expect(banner).toHaveCount(0);
	});
