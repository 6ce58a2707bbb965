/**
 * docs/tour.md, walked through as it is written: from an empty folder to a seat that is given back. Its
 * pictures are taken on the way.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type BrowserContext, type Locator, type Page } from '@playwright/test';
import { startMailServer } from '../../fixtures/mail-server.ts';
import { startUnsetHub } from '../../fixtures/unset-hub.ts';
import { Field } from '../../journeys/field-machine.ts';
import { said } from '../../journeys/license-office.ts';
import { loadRequest } from '../allotment-desk.ts';
import { invite, joinByCode, mailed } from '../joining.ts';
import { openAt } from '../open-at.ts';
import { setUpHub } from '../setting-up.ts';
import { TourPictures } from './tour-pictures.ts';
import {
	askByKey,
	setUp as setUpSite,
	startUnsetSite,
	type UnsetSite
} from '../site/unset-site.ts';

const OLGA = 'olga@harbor.example';
const OFFICE = 'office@harbor.example';
const PRODUCT = 'Tide Table Pro';
const SERVER = 'Tide Table Server';

const button = (on: Page | Locator, name: string | RegExp) =>
	on.getByRole('button', { name, exact: typeof name === 'string' }).first();

const numberIn = (text: string) => /KF-\w{4}-\w{4}-\w{4}/.exec(text)![0];

async function save(page: Page, name: RegExp, to: (name: string) => string): Promise<string> {
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		button(page.getByRole('main'), name).click()
	]);
	await download.saveAs(to(download.suggestedFilename()));
	return download.suggestedFilename();
}

/** As a person allows it who installs the desk. [AL1] */
async function keepStorage(context: BrowserContext, page: Page, origin: string): Promise<void> {
	const session = await context.newCDPSession(page);
	const { targetInfo } = await session.send('Target.getTargetInfo');
	const { browserContextId } = targetInfo;
	const permissions = ['durableStorage' as const];
	await session.send('Browser.grantPermissions', { origin, browserContextId, permissions });
}

test('the tour of docs/tour.md, from an empty folder to a returned seat', async ({ browser }) => {
	const pictures = new TourPictures();
	const mail = await startMailServer();
	const field = new Field();
	const hub = await startUnsetHub({
		KEYFERRY_SMTP: mail.url,
		KEYFERRY_MAIL_FROM: 'Quay Software <licenses@quay.example>'
	});
	const address = `http://localhost:${hub.port}`;
	const roots = join(hub.data, 'roots.json');
	let site: UnsetSite | undefined;
	const wide = { locale: 'en-GB', viewport: { width: 1200, height: 760 } };
	const admin = await (await browser.newContext(wide)).newPage();
	const phone = await (
		await browser.newContext({
			locale: 'en-GB',
			viewport: { width: 390, height: 760 },
			hasTouch: true
		})
	).newPage();
	const console_ = (path: string) => openAt(admin, `/vendor/${path}`, address);
	const main = phone.getByRole('main');
	/** On the phone: what was carried there is submitted. */
	const submit = async (file: string) => {
		await openAt(phone, '/import', address);
		await phone.getByTestId('files').setInputFiles(file);
		await button(phone, 'Submit 1').click();
		await expect(main.getByText(/Granted|The seat is free/).first()).toBeVisible();
	};
	const openCustomer = async (name: string) => {
		await openAt(admin, '/vendor', address);
		await admin.getByRole('link', { name: new RegExp(name) }).click();
		await expect(admin.getByRole('heading', { level: 1, name })).toBeVisible();
	};
	/** From the page of a customer. @returns The license key. */
	const issue = async (
		product: string,
		fields: { seats?: string; clients?: string },
		see = () => Promise.resolve()
	) => {
		await admin.getByRole('link', { name: 'Issue license' }).first().click();
		await admin.getByLabel('Product', { exact: true }).selectOption(product);
		if (fields.seats) await admin.getByLabel('Seats').fill(fields.seats);
		await admin.getByLabel('Versions from').fill('1');
		if (fields.clients) await admin.getByLabel('Clients').fill(fields.clients);
		await see();
		await button(admin, 'Sign and issue').click();
		await expect(admin.getByRole('heading', { level: 1, name: 'License issued' })).toBeVisible();
		const keys = field.machine(`keys of ${product}`);
		return readFileSync(keys.path(await save(admin, /^Save file/, keys.path)), 'utf8');
	};
	let [number, other, key] = ['', '', ''];
	try {
		await test.step('the vendor sets the server up', async () => {
			await setUpHub(admin, hub.link(), mail, (name) => pictures.take(admin, name));
			mail.received.length = 0;
		});

		await test.step('a second product, a second license, a release, and people', async () => {
			await console_('products');
			await admin.getByRole('link', { name: 'Add product' }).click();
			const form = admin.getByRole('main');
			await form.getByRole('textbox', { name: 'Name', exact: true }).fill(SERVER);
			await form.getByLabel('Contact').fill('sales@quay.example');
			await form.getByLabel('Clients connect to it').check();
			await form.getByLabel('Versions from').fill('1');
			await button(form, 'Add product').click();
			await expect(admin.getByRole('link', { name: new RegExp(SERVER) })).toBeVisible();

			await console_('releases');
			await button(admin, 'Add a release').click();
			await form.getByRole('combobox', { name: 'Product' }).selectOption(PRODUCT);
			await form.getByLabel('Version').fill('1.2');
			await form.getByLabel('What is new').fill('Tables of the North Sea for 2027.');
			await form.getByRole('combobox', { name: 'Runs on' }).selectOption('Linux (x64)');
			const buffer = Buffer.alloc(2 ** 20, 'Tide Table Pro 1.2');
			const file = { name: 'tide-table-1.2.tar', mimeType: 'application/x-tar', buffer };
			await form.locator('input[type=file]').setInputFiles(file);
			await button(form, 'Release').click();
			await expect(form.getByRole('heading', { name: `${PRODUCT} 1.2` })).toBeVisible();

			await openAt(admin, '/vendor', address);
			await admin.getByRole('link', { name: /Harbor Nine BV/ }).click();
			key = await issue(SERVER, { clients: '5' }, () => pictures.take(admin, 'issue'));
			await openCustomer('Harbor Nine BV');
			await expect(form.getByText(SERVER).first()).toBeVisible();
			await pictures.take(admin, 'customer');
			await form.getByRole('link', { name: /^People/ }).click();
			await invite(admin, OLGA, 'Owner');

			await openAt(admin, '/vendor', address);
			await button(admin, 'Add customer').click();
			const dialog = admin.getByRole('dialog');
			await dialog.getByLabel('Name').fill('Harbor Ten BV');
			await dialog.getByLabel('Contacts').fill(OFFICE);
			await button(dialog, 'Add').click();
			await expect(admin.getByRole('heading', { level: 1, name: 'Harbor Ten BV' })).toBeVisible();
			await issue(PRODUCT, { seats: '2' });
			await openCustomer('Harbor Ten BV');
			await expect(form).toContainText(/KF-\w{4}/);
			other = numberIn(await form.innerText());
		});

		await test.step('Olga joins on her phone', async () => {
			await joinByCode(phone, mail, OLGA, 'Olga Owner');
			await openAt(phone, '/licenses', address);
			await expect(phone.locator('a.row')).toHaveCount(2);
			number = numberIn(await phone.locator('a.row').filter({ hasText: PRODUCT }).innerText());
			await pictures.take(phone, 'licenses');
			await phone.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
			await keepStorage(phone.context(), phone, address);
		});

		const [gauge, spare] = [field.machine('tide-gauge-07'), field.machine('tide-gauge-08')];
		const request = async (machine: typeof gauge, label: string) => {
			const who = ['--name', 'Tina Technik', '--organization', 'Harbor Nine BV'];
			const asked = ['request', '--key', number, ...who, '--version', '1.0', '--label', label];
			return said<{ path: string }>(await machine.keyferry([...asked, '--json'])).path;
		};
		const load = async (machine: typeof gauge, file: string, outcome = 'loaded') => {
			const loaded = await machine.keyferry(['load', file, '--roots', roots, '--json']);
			expect(said(loaded)).toMatchObject([{ outcome }]);
		};

		await test.step('a request is made in the gap and carried out', async () => {
			const file = await request(gauge, 'tide-gauge-07');
			await phone.context().setOffline(true);
			await openAt(phone, '/import', address);
			await phone.getByTestId('files').setInputFiles(gauge.path(file));
			await expect(button(phone, 'Submit 1')).toBeVisible();
			await pictures.take(phone, 'import');
			await button(phone, 'Submit 1').click();
			await expect(main.getByText('Waiting for the server').first()).toBeVisible();
			await openAt(phone, '/sync', address);
			await expect(main.getByText('Activation request').first()).toBeVisible();
			await pictures.take(phone, 'waiting');
		});

		await test.step('with a network it is granted, and the answer is carried back', async () => {
			await phone.context().setOffline(false);
			await openAt(phone, '/requests', address);
			await main.getByRole('link', { name: /tide-gauge-07/ }).click();
			await expect(main.getByRole('region', { name: 'Carry the answer back' })).toBeVisible();
			await pictures.take(phone, 'granted');
			await load(gauge, await save(phone, /^Save file/, gauge.path));
			const status = await gauge.keyferry(['status', '--roots', roots, '--json']);
			expect(said(status)).toMatchObject({ licenses: [{ state: 'active', number }] });
			await openAt(phone, '/sync', address);
			await expect(main.getByText('Everything is with the server')).toBeVisible();
			await pictures.take(phone, 'sync');
		});

		await test.step('a seat is set aside for the phone, and issued without a network', async () => {
			await openAt(phone, `/licenses/${number}`, address);
			await button(phone, 'Reserve offline seats').click();
			const dialog = phone.getByRole('dialog');
			await dialog.getByLabel('Seats', { exact: true }).selectOption('1');
			await pictures.take(phone, 'reserve');
			await button(dialog, /^Reserve \d+ seats?$/).click();
			await expect(main.getByText('1 of 1 left')).toBeVisible();
			await phone.context().setOffline(true);
			const file = await request(spare, 'tide-gauge-08');
			await loadRequest(phone, { address }, spare.path(file));
			await button(phone, 'Issue now').click();
			await expect(phone.getByRole('heading', { name: 'Issued for tide-gauge-08' })).toBeVisible();
			await pictures.take(phone, 'issued');
			await load(spare, await save(phone, /^Save file/, spare.path));
			await phone.context().setOffline(false);
		});

		await test.step('a site server is set up in the gap, and unlocked by a carried file', async () => {
			site = await startUnsetSite({ roots }, 'tour-site');
			await setUpSite(admin, site, 'Pier 9');
			await askByKey(admin, key);
			await expect(button(admin, /^Save file/)).toBeVisible();
			await pictures.take(admin, 'site-request');
			const carried = field.machine('stick');
			const file = await save(admin, /^Save file/, carried.path);
			await submit(carried.path(file));
			await openAt(phone, '/requests', address);
			await main.getByRole('link').filter({ hasText: SERVER }).first().click();
			await expect(main.getByRole('region', { name: 'Carry the answer back' })).toBeVisible();
			const answer = await save(phone, /^Save file/, carried.path);
			await admin.getByTestId('files').setInputFiles(carried.path(answer));
			await expect(admin.getByText('Activated: 5 clients')).toBeVisible();
			await button(admin, 'Open this server’s pages').click();
			await expect(admin.getByText('0 of 5 clients in use.')).toBeVisible();
			await pictures.take(admin, 'site');
		});

		await test.step('at the office: what another address has bought is attached', async () => {
			await phone.setViewportSize(wide.viewport);
			mail.received.length = 0;
			await openAt(phone, '/attach', address);
			const things = phone.getByLabel('Purchase IDs, license numbers or license keys');
			await things.fill(other);
			await button(phone, 'Mail the codes').click();
			await expect(phone.getByText('If these are known, a code was sent')).toBeVisible();
			await phone.getByLabel('Codes from the mail').fill(await mailed(mail, OFFICE, /^\d{8}$/m));
			await pictures.take(phone, 'attach');
			await button(phone, 'Attach').click();
			await expect(phone.getByText('You are its owner now.')).toBeVisible();
			await pictures.take(phone, 'attached');
		});

		await test.step('all activations, and a download', async () => {
			await openAt(phone, '/activations', address);
			await expect(phone.locator('a.row')).toHaveCount(3);
			await pictures.take(phone, 'activations');
			await openAt(phone, `/downloads?license=${number}`, address);
			await phone.getByRole('combobox', { name: 'For' }).selectOption('Linux (x64)');
			await expect(phone.getByRole('heading', { name: `${PRODUCT} 1.2` })).toBeVisible();
			await pictures.take(phone, 'download');
			await save(phone, /^Download 1\.2/, gauge.path);
		});

		await test.step('a seat is given back', async () => {
			const given = said<{ path: string }>(await gauge.keyferry(['return', '--json']));
			await submit(gauge.path(given.path));
			await expect(main.getByText('The seat is free.').first()).toBeVisible();
			await openAt(phone, '/requests', address);
			await main
				.getByRole('link', { name: /tide-gauge-07/ })
				.first()
				.click();
			await expect(main.getByText(/The seat is free. Carry the receipt back/)).toBeVisible();
			await pictures.take(phone, 'returned');
			await load(gauge, await save(phone, /^Save file/, gauge.path), 'returned');
		});
		pictures.expectInTour();
	} finally {
		for (const page of [admin, phone]) await page.context().close();
		await site?.stop();
		await hub.stop();
		await mail.stop();
		field.clear();
	}
});
