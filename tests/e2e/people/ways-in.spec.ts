/** Ways to sign in besides a password, with a real mail server and a real provider. */
import { expect, test, type Page } from '@playwright/test';
import { totpAt } from '#server/auth/totp.ts';
import { startIdentityProvider, type IdentityProvider } from '../../fixtures/identity-provider.ts';
import { startMailServer, type MailServer } from '../../fixtures/mail-server.ts';
import { freePort, startHub, type RunningHub } from '../../fixtures/running-hub.ts';
import { expectSoundEverywhere } from '../expect-sound.ts';
import { openAt } from '../open-at.ts';
import { loadedAnew } from '../signing-in.ts';

let mail: MailServer;
let provider: IdentityProvider;
let hub: RunningHub;

test.beforeAll(async () => {
	const port = await freePort();
	mail = await startMailServer();
	const redirectUris = [`http://localhost:${port}/auth/provider/office/callback`];
	provider = await startIdentityProvider({ redirectUris });
	const { issuer, clientId, clientSecret } = provider.options;
	hub = await startHub({
		port,
		env: {
			KEYFERRY_SMTP: mail.url,
			KEYFERRY_MAIL_FROM: 'licenses@example.com',
			KEYFERRY_OIDC_OFFICE_ISSUER: issuer,
			KEYFERRY_OIDC_OFFICE_CLIENT_ID: clientId,
			KEYFERRY_OIDC_OFFICE_CLIENT_SECRET: clientSecret,
			KEYFERRY_OIDC_OFFICE_TITLE: 'Head Office'
		}
	});
});

test.afterAll(async () => {
	await hub.stop();
	await provider.stop();
	await mail.stop();
});

const emailOf = (role: string) => hub.demo.users.find((each) => each.role === role)!.email;

/** Of the last mail to this address. */
async function codeTo(address: string): Promise<string> {
	const code = /^\d{8}$/m.exec((await mail.mailTo(address)).text!)![0];
	mail.received.length = 0;
	return code;
}

async function open(page: Page, place = '/sign-in') {
	await openAt(page, place, hub.address);
	await expect(page.getByRole('button', { name: /Head Office/ })).toBeVisible();
}

test('[PE3] a code in a mail signs in, and brings people back to where they were @journey', async ({
	page
}) => {
	const email = emailOf('technician');
	await open(page, '/sign-in?back=%2Flookup');
	await expectSoundEverywhere(page, 'sign-in with all its ways');
	await page.getByRole('button', { name: 'Mail me a code' }).click();
	await expect(page.getByText('Enter your email address.')).toBeVisible();
	await page.getByLabel('Email').fill(email);
	await page.getByRole('button', { name: 'Mail me a code' }).click();
	await expect(page.getByText('a code is on its way there')).toBeVisible();
	const code = await codeTo(email);
	await page.getByLabel('Code from the mail').fill(code === '00000000' ? '11111111' : '00000000');
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page.getByText('This is not the code that was mailed.')).toBeVisible();
	await expectSoundEverywhere(page, 'sign-in with a wrong code');
	// A phone that went to its mail may load the page anew.
	await page.reload();
	await page.getByLabel('Code from the mail').fill(`${code.slice(0, 4)} ${code.slice(4)}`);
	await Promise.all([
		page.waitForEvent('load'),
		page.getByRole('button', { name: 'Sign in' }).click()
	]);
	await expect(page).toHaveURL(/#\/lookup$/);
});

test('[PE3] somebody new says their name, and what they made before goes with them', async ({
	page
}) => {
	const email = 'nora.new@example.com';
	await open(page);
	await page.getByLabel('Email').fill(email);
	await page.getByRole('button', { name: 'Mail me a code' }).click();
	await page.getByLabel('Code from the mail').fill(await codeTo(email));
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page.getByLabel('Your name')).toBeVisible();
	await expectSoundEverywhere(page, 'sign-in of somebody new');
	await page.getByLabel('Your name').fill('Nora New');
	await loadedAnew(page, () => page.getByRole('button', { name: 'Sign in' }).click());
	await openAt(page, '/settings', hub.address);
	await expect(page.getByText(email)).toBeVisible();
});

test('[PE4] a forgotten password is set anew by a code, in German', async ({ browser }) => {
	const email = emailOf('manager');
	const context = await browser.newContext({ locale: 'de-DE' });
	const page = await context.newPage();
	await open(page);
	await page.getByLabel('E-Mail').fill(email);
	await page.getByRole('button', { name: 'Passwort vergessen?' }).click();
	await page.getByLabel('Code aus der E-Mail').fill(await codeTo(email));
	await page.getByLabel('Neues Passwort').fill('password123');
	await page.getByRole('button', { name: 'Passwort setzen und anmelden' }).click();
	await expect(page.getByText('Dieses oder ein ähnliches Passwort benutzen viele.')).toBeVisible();
	await expectSoundEverywhere(page, 'password set anew, in German');
	await page.getByLabel('Neues Passwort').fill('Heu-Regen-Kübel-Tonne');
	await loadedAnew(page, () =>
		page.getByRole('button', { name: 'Passwort setzen und anmelden' }).click()
	);
	await expect(page.getByText(/Lizenzen, aktiviert auf/)).toBeVisible();
	await context.close();
});

test('[PE7] a provider signs in by redirect, and what it refuses is said where one came from', async ({
	page
}) => {
	await open(page, '/sign-in?back=%2Flicenses');
	provider.user = { sub: 'tina', email: emailOf('technician'), email_verified: false };
	await page.getByRole('button', { name: 'Continue with Head Office' }).click();
	await expect(page.getByText('Head Office has not verified your email address.')).toBeVisible();
	await expectSoundEverywhere(page, 'sign-in that a provider could not prove');
	// The provider remembers its own user: somebody else sits down.
	await page.context().clearCookies();
	provider.user = { sub: 'otto', email: emailOf('owner'), email_verified: true };
	await open(page, '/sign-in?back=%2Flicenses');
	await page.getByRole('button', { name: 'Continue with Head Office' }).click();
	await expect(page).toHaveURL(/#\/licenses$/);
	await expect(page.locator('a.row').first()).toBeVisible();
});

test('[PE6] an authenticator app is set up, asked for after a password, and removed', async ({
	page: first,
	browser
}) => {
	let page = first;
	const user = hub.demo.users.find(({ role }) => role === 'admin')!;
	const signIn = async () => {
		await open(page, '/sign-in?back=%2Fsettings%2Fways');
		await page.getByLabel('Email').fill(user.email);
		await page.getByLabel('Password').fill(user.password);
		await page.getByRole('button', { name: 'Sign in' }).click();
	};
	await signIn();
	await expect(page.getByRole('heading', { name: 'Ways to sign in' })).toBeVisible();
	await page.getByLabel('Require an authenticator app of all staff').click();
	await expect(page.getByText('You have no authenticator app yet.')).toBeVisible();
	await page.getByRole('button', { name: 'Set up an app' }).click();
	await expect(page.getByRole('img', { name: 'QR code for the authenticator app' })).toBeVisible();
	await expectSoundEverywhere(page, 'authenticator app to be scanned');
	const key = await page.locator('p code').innerText();
	const passwordOf = (by: number) =>
		totpAt(key.replaceAll(' ', ''), Math.floor(Date.now() / 30_000) + by);
	await page.getByLabel('Code of the app').fill(passwordOf(-1));
	await page.getByRole('button', { name: 'Turn on' }).click();
	await expect(page.getByText('Keep these backup codes')).toBeVisible();
	await expectSoundEverywhere(page, 'backup codes');
	const [backup] = await page.locator('li code').allInnerTexts();
	await page.getByRole('button', { name: 'I have kept them' }).click();
	await expect(page.getByText('10 backup codes left.')).toBeVisible();
	await page.getByLabel('Require an authenticator app of all staff').check();
	await expectSoundEverywhere(page, 'ways to sign in');

	provider.user = { sub: 'ada' };
	await page.getByRole('button', { name: 'Link Head Office' }).click();
	await expect(page.getByRole('button', { name: 'Unlink Head Office' })).toBeVisible();
	await page.getByRole('button', { name: 'Unlink Head Office' }).click();
	await expect(page.getByText('None is linked.')).toBeVisible();

	const elsewhere = await browser.newContext();
	page = await elsewhere.newPage();
	await signIn();
	await expect(page.getByText('Your account asks for a second proof.')).toBeVisible();
	await page.getByLabel('Code of your app').fill('000000');
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page.getByText('This is not the code that the app shows now')).toBeVisible();
	await expectSoundEverywhere(page, 'sign-in with a second factor');
	await page.getByLabel('Code of your app').fill(passwordOf(0));
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page.getByText('10 backup codes left.')).toBeVisible();
	await page.getByRole('button', { name: 'Remove the app' }).click();
	await page.getByLabel('Code of the app, or a backup code').fill(backup!);
	await page.getByRole('button', { name: 'Remove the app' }).click();
	await expect(page.getByText(/^Your vendor asks this of its people/)).toBeVisible();
	await elsewhere.close();
});
