/** A new hub gets its people by links: the first admin by init's, the others by those in their mail. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { copyEmptyDatabase } from '../../fixtures/empty-database.ts';
import { startMailServer, type MailServer } from '../../fixtures/mail-server.ts';
import { freePort, startHub, type RunningHub } from '../../fixtures/running-hub.ts';
import { expectSoundEverywhere } from '../expect-sound.ts';
import { openAt } from '../open-at.ts';
import { KEYFERRY } from '../../fixtures/program.ts';

const PASSWORD = 'a long enough password';

let home: string;
let mail: MailServer;
let hub: RunningHub;
let adminLink: string;

test.beforeAll(async () => {
	home = mkdtempSync(join(tmpdir(), 'keyferry-join-'));
	const data = join(home, 'data');
	await copyEmptyDatabase(data);
	const port = await freePort();
	const args = ['--data', data, '--root-out', join(home, 'root.json'), '--json'];
	const made = execFileSync(process.execPath, [
		...[KEYFERRY, 'init', ...args, '--name', 'Example Software'],
		...['--admin', 'ada@example.com', '--url', `http://localhost:${port}`]
	]);
	adminLink = (JSON.parse(made.toString()) as { admin: { link: string } }).admin.link;
	mail = await startMailServer();
	const env = { KEYFERRY_SMTP: mail.url, KEYFERRY_MAIL_FROM: 'licenses@example.com' };
	hub = await startHub({ data, port, demo: false, env });
});

test.afterAll(async () => {
	await hub.stop();
	await mail.stop();
	rmSync(home, { recursive: true, force: true });
});

/** What the page's own session asks of the hub. */
function ask<T>(page: Page, procedure: string, input: object): Promise<T> {
	return page.evaluate(
		async ([name, sent]) => {
			const headers = { 'content-type': 'application/json', 'x-keyferry': '1' };
			const answer = await fetch(`/rpc/${name}`, { method: 'POST', headers, body: sent });
			const { result, error } = (await answer.json()) as {
				result?: { data: never };
				error?: unknown;
			};
			if (!result) throw new Error(JSON.stringify(error));
			return result.data;
		},
		[procedure, JSON.stringify(input)] as const
	);
}

async function openLink(browser: Browser, link: string, locale = 'en-GB'): Promise<Page> {
	const page = await (await browser.newContext({ locale })).newPage();
	await page.goto(link);
	return page;
}

async function customersOf(page: Page): Promise<string[]> {
	const text = await page.evaluate(() =>
		fetch('/rpc/session.me', { headers: { 'x-keyferry': '1' } }).then((answer) => answer.text())
	);
	const { result } = JSON.parse(text) as { result: { data: { customers: { name: string }[] } } };
	return result.data.customers.map(({ name }) => name).sort();
}

async function linkTo(address: string): Promise<string> {
	return /^http\S+#\/join\/\S+$/m.exec((await mail.mailTo(address)).text!)![0];
}

test('[PE2] an admin, an owner and a technician join by links, and the technician sees the license @journey', async ({
	browser
}) => {
	const admin = await openLink(browser, adminLink);
	await expect(admin.getByText('You are invited to Example Software.')).toBeVisible();
	await expect(admin.getByLabel('Email')).toHaveValue('ada@example.com');
	await expectSoundEverywhere(admin, 'invitation of somebody new');
	await admin.getByRole('button', { name: 'Join' }).click();
	await expect(admin.getByText('Enter your name.')).toBeVisible();
	await admin.getByLabel('Your name').fill('Ada Admin');
	await admin.getByLabel('Password').fill('short');
	await expect(admin.getByText('A password has at least 10 characters.')).toBeVisible();
	await admin.getByLabel('Password').fill('password123');
	await admin.getByRole('button', { name: 'Join' }).click();
	await expect(admin.getByText('Many people use this password')).toBeVisible();
	await expectSoundEverywhere(admin, 'invitation with a password that everybody tries');
	await admin.getByLabel('Password').fill(PASSWORD);
	await admin.getByRole('button', { name: 'Join' }).click();
	// The page is loaded anew for whoever has joined.
	await expect(admin.getByRole('link', { name: 'Vendor' })).toBeVisible();

	const { id: customerId } = await ask<{ id: string }>(admin, 'customer.add', {
		name: 'Example GmbH'
	});
	await ask(admin, 'product.add', {
		slug: 'atlas',
		title: 'Atlas',
		contact: 'licenses@example.com'
	});
	const issued = await ask<{ number: string }>(admin, 'license.issue', {
		customerId,
		product: 'atlas',
		edition: 'Standard',
		entitlements: [],
		seats: 2,
		versions: { from: 8, to: 9 },
		virtualMachines: true,
		givenFingerprints: false,
		matches: 2,
		graceMinutes: 15
	});
	await ask(admin, 'people.invite', { customerId, email: 'olga@example.com', role: 'owner' });

	const owner = await openLink(browser, await linkTo('olga@example.com'));
	await owner.getByLabel('Your name').fill('Olga Owner');
	await owner.getByLabel('Password').fill(PASSWORD);
	await owner.getByRole('button', { name: 'Join' }).click();
	await expect(owner.getByText('1 license, activated on 0 of 2 machines.')).toBeVisible();
	const order = { customerId, email: 'tina@example.com', role: 'technician', language: 'de' };
	await ask(owner, 'people.invite', order);

	const link = await linkTo('tina@example.com');
	const technician = await openLink(browser, link, 'de-DE');
	await expect(technician.getByText('Sie sind eingeladen: Example GmbH.')).toBeVisible();
	await expectSoundEverywhere(technician, 'invitation in German');
	await technician.getByLabel('Ihr Name').fill('Tina Technik');
	await technician.getByLabel('Passwort').fill(PASSWORD);
	await technician.getByRole('button', { name: 'Annehmen' }).click();
	await expect(technician.getByText(/aktiviert auf 0 von 2/)).toBeVisible();
	await openAt(technician, '/licenses', hub.address);
	await expect(technician.locator('a.row')).toHaveCount(1);
	await expect(technician.getByText(issued.number).first()).toBeVisible();

	// Used up, in whatever browser.
	const again = await openLink(browser, link);
	await expect(again.getByText('This invitation has been used')).toBeVisible();
	await expectSoundEverywhere(again, 'invitation that was used');

	// Somebody who is known needs no other password; and nobody joins in another's name.
	const { id: second } = await ask<{ id: string }>(admin, 'customer.add', {
		name: 'Sample Works Ltd'
	});
	const further = { customerId: second, email: 'tina@example.com', role: 'viewer' };
	mail.received.length = 0;
	await ask(admin, 'people.invite', further);
	const known = await linkTo('tina@example.com');
	await owner.goto(known);
	await expect(owner.getByText('You are signed in here as olga@example.com.')).toBeVisible();
	await expectSoundEverywhere(owner, 'invitation of somebody else');
	const elsewhere = await openLink(browser, known);
	await expect(elsewhere.getByText('This address has an account here already.')).toBeVisible();
	await expectSoundEverywhere(elsewhere, 'invitation of somebody known');
	await technician.goto(known);
	await technician.getByRole('button', { name: 'Annehmen' }).click();
	await expect(technician.getByRole('heading', { name: 'Lizenzen', level: 1 })).toBeVisible();
	expect(await customersOf(technician)).toEqual(['Example GmbH', 'Sample Works Ltd']);

	// Signed out, the same by the password of that account.
	const { id: third } = await ask<{ id: string }>(admin, 'customer.add', { name: 'Trial & Co' });
	mail.received.length = 0;
	await ask(admin, 'people.invite', { ...further, customerId: third });
	await elsewhere.goto(await linkTo('tina@example.com'));
	await elsewhere.getByLabel('Password').fill('not her password');
	await elsewhere.getByRole('button', { name: 'Sign in and join' }).click();
	await expect(elsewhere.getByRole('group', { name: 'Refused' })).toBeVisible();
	await elsewhere.getByLabel('Password').fill(PASSWORD);
	await elsewhere.getByRole('button', { name: 'Sign in and join' }).click();
	await expect(elsewhere.getByText(/activated on 0 of 2/)).toBeVisible();
	expect(await customersOf(elsewhere)).toContain('Trial & Co');
});
