/** The first run of a hub, from an empty folder to a console with a license in it. */
import { spawnSync } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test, type Page } from '@playwright/test';
import { copyEmptyDatabase } from '../../fixtures/empty-database.ts';
import { startMailServer } from '../../fixtures/mail-server.ts';
import { startUnsetHub, type UnsetHub } from '../../fixtures/unset-hub.ts';
import { expectSound, expectSoundEverywhere } from '../expect-sound.ts';
import {
	chooseRoot,
	fillAdmin,
	fillCatalog,
	fillReach,
	PASSWORD,
	saveRoot,
	title
} from '../setting-up.ts';
import { KEYFERRY } from '../../fixtures/program.ts';

// The hub's certificate is by an authority of its own, which this browser was not told to trust.
test.use({ locale: 'en-GB', viewport: { width: 1280, height: 760 }, ignoreHTTPSErrors: true });

/** After each step the hub dies, and the page goes on where it was. */
async function killAndReload(hub: UnsetHub, page: Page, next: string) {
	await expect(title(page, next)).toBeVisible();
	await hub.killAndStart();
	await page.reload();
	await expect(title(page, next)).toBeVisible();
}

const nothing = async (page: Page, address: string) => {
	const answer = await page.request.get(address, { maxRedirects: 0 });
	return [answer.status(), await answer.text()];
};

test('[SU1] [SU2] [SU3] from an empty folder to a license in the console, killed after every step', async ({
	page,
	browser
}) => {
	const hub = await startUnsetHub();
	try {
		const sent: string[] = [];
		page.on('request', (asked) => sent.push(asked.url(), asked.postData() ?? ''));
		const origin = `http://localhost:${hub.port}`;
		expect((await page.request.get(`${origin}/health/ready`)).status()).toBe(503);
		const first = hub.link();
		await page.goto(first);

		// The code is used up, and nobody else finds anything.
		const other = await (await browser.newContext()).newPage();
		const unknown = await nothing(other, `${origin}/nowhere`);
		expect(unknown[0]).toBe(404);
		for (const path of ['/', '/setup', '/setup/rpc/state', '/_app/version.json', '/rpc/session.me'])
			expect(await nothing(other, origin + path), path).toEqual(unknown);
		expect(await nothing(other, first)).toEqual(unknown);
		await other.context().close();

		await fillAdmin(page);
		await killAndReload(hub, page, 'Where do people reach it?');
		await fillReach(page, 'authority');
		await hub.killAndStart();
		await page.reload();
		await expect(page.getByText(/^This browser reaches the server at https:/)).toBeVisible();
		await page.getByRole('button', { name: 'Continue' }).click();
		await killAndReload(hub, page, 'Make the signing keys');

		// What was made and not saved is gone with the page; what was saved is a root like any.
		const lost = await saveRoot(page);
		await page.reload();
		const root = await saveRoot(page);
		await chooseRoot(page, 'Choose the saved file', lost);
		await expect(page.getByRole('alert')).toContainText('This is another root key');
		await chooseRoot(page, 'Choose the saved file', '{"kty":"OKP"}');
		await expect(page.getByRole('alert')).toContainText('This file contains no root key');
		await hub.killAndStart();
		await page.reload();
		await chooseRoot(page, 'I have a root key file already', root);
		await expect(page.getByText('The root key has vouched for this server')).toBeVisible();
		await page.getByRole('button', { name: 'Continue' }).click();
		await killAndReload(hub, page, 'Issue the first license');
		await fillCatalog(page);
		await page.getByRole('button', { name: 'Continue' }).click();
		await killAndReload(hub, page, 'Does mail arrive?');
		await page.getByRole('button', { name: 'Write test message' }).click();
		await expect(page.getByText(/\.eml$/)).toBeVisible();
		await page.getByRole('button', { name: 'Continue' }).click();
		await killAndReload(hub, page, 'Everything is ready');
		await page.getByRole('button', { name: 'Finish and start the server' }).click();
		await expect(title(page, 'Your server is running')).toBeVisible();

		// The same process is the hub now, encrypted, and there is no way back.
		await page.getByRole('link', { name: 'Open the server' }).click();
		const address = `https://localhost:${hub.port}`;
		await expect(page).toHaveURL(`${address}/#/sign-in`);
		for (const path of ['/setup', new URL(first).pathname, new URL(hub.link()).pathname])
			expect((await nothing(page, address + path))[0]).toBe(404);
		expect(await nothing(page, `${address}/setup/rpc/state`)).toEqual(
			await nothing(page, `${address}/nowhere`)
		);
		expect(existsSync(join(hub.data, 'setup.json'))).toBe(false);
		await page.getByLabel('Email').fill('ada@quay.example');
		await page.getByLabel('Password').fill(PASSWORD);
		await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
		await expect(page.getByText(/activated on 0 of 3/)).toBeVisible();
		await page.getByRole('link', { name: 'Vendor', exact: true }).click();
		await expect(page.getByRole('link', { name: /Harbor Nine BV.*1 license$/ })).toBeVisible();
		await page.getByRole('link', { name: 'Products' }).click();
		await expect(page.getByRole('link', { name: /Tide Table Pro/ })).toBeVisible();
		await page
			.getByRole('navigation', { name: 'Vendor' })
			.getByRole('link', { name: 'Licenses' })
			.click();
		await expect(page.getByRole('link', { name: /Harbor Nine BV/ })).toHaveCount(1);

		// An ordinary start finds the address, the port and the certificate again.
		await hub.killAndStart();
		expect(hub.link()).toBe('');
		expect(hub.log()).toContain(`Hub ready: ${address}`);
		expect(hub.log()).not.toContain('Listening on');
		await hub.end();
		const backup = join(hub.home, 'hub.kfbackup');
		const ran = spawnSync(process.execPath, [KEYFERRY, 'backup', backup, '--data', hub.data]);
		expect(ran.status, ran.stderr.toString()).toBe(0);
		const places = { ...filesIn(hub.data), backup: gunzipSync(readFileSync(backup)) };
		expect(sent.some((text) => text.includes('hubKey'))).toBe(true);
		expect(
			holders(root, { ...places, log: Buffer.from(hub.log()), sent: Buffer.from(sent.join('\n')) })
		).toEqual([]);
		// The looking finds what is there.
		expect(holders(root, { file: Buffer.from(root) })).toEqual(['file']);
	} finally {
		await hub.stop();
	}
});

/** The places in which the private half of a root is, in whatever form. */
function holders(root: string, places: Record<string, Buffer>): string[] {
	const jwk = JSON.parse(root) as { d: string };
	const raw = Buffer.from(jwk.d, 'base64url');
	const pem = createPrivateKey({ key: jwk, format: 'jwk' })
		.export({ type: 'pkcs8', format: 'pem' })
		.toString();
	const forms = [raw, jwk.d, raw.toString('hex'), raw.toString('base64'), pem.split('\n')[1]!];
	return Object.keys(places).filter((name) => forms.some((form) => places[name]!.includes(form)));
}

function filesIn(folder: string): Record<string, Buffer> {
	const files = readdirSync(folder, { recursive: true, withFileTypes: true });
	return Object.fromEntries(
		files
			.filter((entry) => entry.isFile())
			.map((entry) => join(entry.parentPath, entry.name))
			.map((path) => [path, readFileSync(path)])
	);
}

test('[SU1] every step is sound on phones and wide screens, by keyboard and in German, with a mail server', async ({
	page
}) => {
	const mail = await startMailServer();
	const from = 'Quay Software <licenses@quay.example>';
	const hub = await startUnsetHub({ KEYFERRY_SMTP: mail.url, KEYFERRY_MAIL_FROM: from });
	try {
		await page.goto(hub.link());
		// Its tables only take time to make.
		await copyEmptyDatabase(hub.data);
		await expect(title(page, 'Who looks after this server?')).toBeVisible();
		await expectSoundEverywhere(page, 'setup admin');
		// By keyboard alone: what is missing is named, and taken where it is.
		await page.getByLabel('Your name').focus();
		await page.keyboard.press('Enter');
		await expect(page.getByLabel('Your name')).toBeFocused();
		await page.keyboard.type('Ada Admin');
		await page.keyboard.press('Tab');
		await page.keyboard.type('ada@quay.example');
		await page.keyboard.press('Tab');
		await page.keyboard.type('password12');
		await page.keyboard.press('Enter');
		await expect(page.getByRole('alert')).toContainText('Many people use this password');
		await expectSound(page, 'setup admin refused');
		await fillAdmin(page);

		await expect(title(page, 'Where do people reach it?')).toBeFocused();
		await page.getByLabel('Your name as the vendor').fill('Quay Software');
		await page.getByRole('radio', { name: 'I have a certificate' }).check();
		await expect(page.getByLabel('Public address')).toHaveValue(`https://localhost:${hub.port}`);
		await page.getByLabel('Path of the certificate').fill('/nowhere/hub.crt');
		await page.getByLabel('Path of the private key').fill('/nowhere/hub.key');
		await page.getByRole('button', { name: 'Save and check' }).click();
		await expect(page.getByRole('group', { name: 'Refused' })).toContainText('/nowhere/hub.crt');
		await expectSoundEverywhere(page, 'setup reach');
		// Behind a proxy that is not there yet.
		await page.getByRole('radio', { name: 'A proxy in front encrypts' }).check();
		await page.getByLabel('Addresses of the proxy').fill('10.0.0.7');
		await page.getByLabel('Public address').fill('https://hub.invalid');
		await page.getByRole('button', { name: 'Save and check' }).click();
		await expect(page.getByText(/^This browser does not reach/)).toBeVisible();
		await expectSoundEverywhere(page, 'setup unreached');
		await page.getByRole('button', { name: 'Change the address' }).click();
		await page.getByRole('radio', { name: 'Only on this machine' }).check();
		await page.getByLabel('Public address').fill(`http://localhost:${hub.port}`);
		await page.getByRole('button', { name: 'Save and check' }).click();
		await expect(page.getByText(/^This browser reaches the server at/)).toBeVisible();
		await expectSound(page, 'setup reached');
		await page.getByRole('button', { name: 'Continue' }).click();

		const root = await saveRoot(page);
		await expectSoundEverywhere(page, 'setup keys');
		await chooseRoot(page, 'Choose the saved file', root);
		await expect(page.getByText('The root key has vouched for this server')).toBeVisible();
		await expectSound(page, 'setup keys done');
		await page.getByRole('button', { name: 'Continue' }).click();
		await expect(title(page, 'Issue the first license')).toBeVisible();
		await expectSoundEverywhere(page, 'setup catalog');
		await fillCatalog(page);
		await expectSound(page, 'setup license');
		await page.getByRole('button', { name: 'Continue' }).click();
		await page.getByRole('button', { name: 'Send test message' }).click();
		await expect(page.getByText(/^Sent to ada@quay.example/)).toBeVisible();
		expect((await mail.mailTo('ada@quay.example')).subject).toBe('Mail from your server arrives');
		await expectSoundEverywhere(page, 'setup mail');
		await page.getByRole('button', { name: 'Continue' }).click();
		await expectSoundEverywhere(page, 'setup finish');

		// What is done can be looked at, and a key cannot be made twice.
		await page.getByRole('button', { name: /^Signing keys/ }).click();
		await expect(page.getByRole('button', { name: 'Make root key' })).toHaveCount(0);
		await page
			.getByRole('button', { name: /^Finish/ })
			.first()
			.click();
		await page.getByRole('button', { name: 'Finish and start the server' }).click();
		await expect(title(page, 'Your server is running')).toBeFocused();
		await expectSoundEverywhere(page, 'setup over');
	} finally {
		await hub.stop();
		await mail.stop();
	}
});

test.describe('in German', () => {
	test.use({ locale: 'de-DE' });

	test('[SU1] the set-up speaks it', async ({ page }) => {
		const hub = await startUnsetHub();
		try {
			await page.goto(hub.link());
			await expect(title(page, 'Wer betreut diesen Server?')).toBeVisible();
			await page.getByLabel('Ihr Name').fill('Ada Admin');
			await page.getByLabel('E-Mail').fill('ada@quay.example');
			await page.getByLabel('Passwort').fill(PASSWORD);
			await page.getByRole('button', { name: 'Konto anlegen' }).click();
			await expect(title(page, 'Wo ist er erreichbar?')).toBeVisible();
			await expectSoundEverywhere(page, 'setup de reach');
		} finally {
			await hub.stop();
		}
	});
});
