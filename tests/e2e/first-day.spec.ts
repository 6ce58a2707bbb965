/** A vendor's first day: an empty folder, people who join by mail, and a machine activated offline. */
import { join } from 'node:path';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { startPostgres } from '../../scripts/find-postgres.ts';
import { startMailServer, type MailServer } from '../fixtures/mail-server.ts';
import { startUnsetHub } from '../fixtures/unset-hub.ts';
import { Field } from '../journeys/field-machine.ts';
import { install } from '../packages/tarball.ts';
import { chooseRoot, fillAdmin, fillCatalog, fillReach, PASSWORD, saveRoot } from './setting-up.ts';
import { loadedAnew } from './signing-in.ts';
import { openAt } from './open-at.ts';

const ADMIN = 'ada@quay.example';
const OWNER = 'olga@harbor.example';
const TECHNICIAN = 'tina@harbor.example';

async function newPage(browser: Browser, { isPhone = false } = {}): Promise<Page> {
	const viewport = isPhone ? { width: 360, height: 740 } : { width: 1280, height: 760 };
	const context = await browser.newContext({ locale: 'en-GB', viewport, hasTouch: isPhone });
	return context.newPage();
}

async function setUp(page: Page, link: string, mail: MailServer): Promise<void> {
	await page.goto(link);
	await fillAdmin(page);
	await fillReach(page, 'none');
	await page.getByRole('button', { name: 'Continue' }).click();
	const root = await saveRoot(page);
	await chooseRoot(page, 'Choose the saved file', root);
	await expect(page.getByText('The root key has vouched for this server')).toBeVisible();
	await page.getByRole('button', { name: 'Continue' }).click();
	await fillCatalog(page);
	await page.getByRole('button', { name: 'Continue' }).click();
	await page.getByRole('button', { name: 'Send test message' }).click();
	expect((await mail.mailTo(ADMIN)).subject).toBe('Mail from your hub arrives');
	await page.getByRole('button', { name: 'Continue' }).click();
	await page.getByRole('button', { name: 'Finish and start the server' }).click();
	await page.getByRole('link', { name: 'Open the server' }).click();
	await page.getByLabel('Email').fill(ADMIN);
	await page.getByLabel('Password').fill(PASSWORD);
	await loadedAnew(page, () =>
		page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click()
	);
}

async function invite(page: Page, email: string, role: string): Promise<void> {
	await page.getByRole('button', { name: 'Invite' }).click();
	const dialog = page.getByRole('dialog');
	await dialog.getByLabel('Email address').fill(email);
	await dialog.getByLabel('Role').selectOption(role);
	await dialog.getByRole('button', { name: 'Send invitation' }).click();
	await expect(page.getByRole('listitem').filter({ hasText: email })).toBeVisible();
}

/** The link or the code of the mail to somebody; each is taken once. */
async function mailed(mail: MailServer, to: string, what: RegExp): Promise<string> {
	const { text = '' } = await mail.mailTo(to);
	mail.received.length = 0;
	return what.exec(text)?.[0] ?? '';
}

/** Whoever is invited proves their address by a code, and then accepts. */
async function joinByCode(page: Page, mail: MailServer, email: string, name: string) {
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

async function firstDay(browser: Browser, env: Record<string, string>, program?: string) {
	const mail = await startMailServer();
	const from = 'Quay Software <licenses@quay.example>';
	const mailing = { KEYFERRY_SMTP: mail.url, KEYFERRY_MAIL_FROM: from };
	const hub = await startUnsetHub({ ...env, ...mailing }, program);
	const field = new Field(program);
	try {
		const address = `http://localhost:${hub.port}`;
		const admin = await newPage(browser);
		await setUp(admin, hub.link(), mail);
		mail.received.length = 0;
		await admin.getByRole('link', { name: 'Vendor', exact: true }).click();
		await admin.getByRole('link', { name: /Harbor Nine BV/ }).click();
		await admin
			.getByRole('main')
			.getByRole('link', { name: /^People/ })
			.click();
		await invite(admin, OWNER, 'Owner');

		const owner = await newPage(browser);
		await joinByCode(owner, mail, OWNER, 'Olga Owner');
		await openAt(owner, '/settings/people', address);
		await invite(owner, TECHNICIAN, 'Technician');

		const phone = await newPage(browser, { isPhone: true });
		await joinByCode(phone, mail, TECHNICIAN, 'Tina Technik');
		const row = phone.locator('a.row').first();
		await expect(row).toContainText('Tide Table Pro');
		const [shown = ''] = /KF-\w{4}-\w{4}-\w{4}/.exec((await row.textContent()) ?? '') ?? [];
		await phone.evaluate(() => navigator.serviceWorker.ready.then(() => {}));

		// The machine has no network, and neither has the phone.
		const machine = field.machine('tide-gauge-07');
		const who = ['--name', 'Tina Technik', '--organization', 'Harbor Nine BV', '--version', '1.0'];
		expect(await machine.keyferry(['request', '--key', shown, ...who])).toMatchObject({ code: 0 });
		const [request = ''] = machine.files('.kfreq');
		await phone.context().setOffline(true);
		await openAt(phone, '/import', address);
		await phone.getByTestId('files').setInputFiles(machine.path(request));
		await phone.getByRole('button', { name: 'Submit 1' }).click();
		await expect(phone.getByText('Waiting for the server').first()).toBeVisible();
		await phone.context().setOffline(false);
		await openAt(phone, '/requests', address);
		const [download] = await Promise.all([
			phone.waitForEvent('download'),
			phone.getByRole('button', { name: 'Save 1 answer' }).click()
		]);
		const answer = download.suggestedFilename();
		await download.saveAs(machine.path(answer));
		const roots = join(hub.data, 'roots.json');
		const loaded = await machine.keyferry(['load', answer, '--roots', roots]);
		expect(loaded, loaded.stderr).toMatchObject({ code: 0 });
		const status = await machine.keyferry(['status', '--json']);
		expect(JSON.parse(status.stdout)).toMatchObject({
			licenses: [{ state: 'active', number: shown }]
		});
		for (const page of [admin, owner, phone]) await page.context().close();
	} finally {
		await hub.stop();
		await mail.stop();
		field.clear();
	}
}

test('[K3, K6, S9] from an empty folder to a machine activated by a phone, by what was installed alone', async ({
	browser
}) => {
	const installed = install('keyferry');
	try {
		await firstDay(browser, {}, join(installed.folder, 'node_modules/keyferry/keyferry.js'));
	} finally {
		installed.clear();
	}
});

test('[K3, K6, S9] the same on PostgreSQL', async ({ browser }) => {
	const postgres = await startPostgres();
	try {
		await firstDay(browser, { DATABASE_URL: postgres.url });
	} finally {
		await postgres.stop();
	}
});
