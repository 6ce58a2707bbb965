/** A vendor's first day: an empty folder, people who join by mail, and a machine activated offline. */
import { join } from 'node:path';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { startPostgres } from '../../../scripts/find-postgres.ts';
import { startMailServer } from '../../fixtures/mail-server.ts';
import { startUnsetHub } from '../../fixtures/unset-hub.ts';
import { Field } from '../../journeys/field-machine.ts';
import { install } from '../../packages/tarball.ts';
import { setUpHub } from '../setting-up.ts';
import { invite, joinByCode } from '../joining.ts';
import { openAt } from '../open-at.ts';

const OWNER = 'olga@harbor.example';
const TECHNICIAN = 'tina@harbor.example';

async function newPage(browser: Browser, { isPhone = false } = {}): Promise<Page> {
	const viewport = isPhone ? { width: 360, height: 740 } : { width: 1280, height: 760 };
	const context = await browser.newContext({ locale: 'en-GB', viewport, hasTouch: isPhone });
	return context.newPage();
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
		await setUpHub(admin, hub.link(), mail);
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
