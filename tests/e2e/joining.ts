/**
 * Inviting somebody, and joining by what their mail brings, as people do on the screens.
 *
 * @module
 */
import { expect, type Page } from '@playwright/test';
import type { MailServer } from '../fixtures/mail-server.ts';
import { loadedAnew } from './signing-in.ts';

export async function invite(page: Page, email: string, role: string): Promise<void> {
	await page.getByRole('button', { name: 'Invite' }).click();
	const dialog = page.getByRole('dialog');
	await dialog.getByLabel('Email address').fill(email);
	await dialog.getByLabel('Role').selectOption(role);
	await dialog.getByRole('button', { name: 'Send invitation' }).click();
	await expect(page.getByRole('listitem').filter({ hasText: email })).toBeVisible();
}

/** The link or the code of the mail to somebody; each is taken once. */
export async function mailed(mail: MailServer, to: string, what: RegExp): Promise<string> {
	const { text = '' } = await mail.mailTo(to);
	mail.received.length = 0;
	return what.exec(text)?.[0] ?? '';
}

/** Whoever is invited proves their address by a code, and then accepts. */
export async function joinByCode(page: Page, mail: MailServer, email: string, name: string) {
	const link = await mailed(mail, email, /^http\S+#\/join\/\S+$/m);
	await page.goto(new URL('/#/sign-in', link).href);
	await page.getByLabel('Email').fill(email);
	await page.getByRole('button', { name: 'Mail me a code' }).click();
	await page.getByLabel('Code from the mail').fill(await mailed(mail, email, /^\d{8}$/m));
	await page.getByRole('button', { name: 'Sign in', exact: true }).click();
	await page.getByLabel('Your name').fill(name);
	await loadedAnew(page, () => page.getByRole('button', { name: 'Sign in', exact: true }).click());
	await page.goto(link);
	await page.getByRole('button', { name: 'Join' }).click();
	await expect(page.getByRole('heading', { name: 'Licenses', level: 1 })).toBeVisible();
}
