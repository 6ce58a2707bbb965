/** People, devices, sessions and API keys on the screens of Settings. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import ICAL from 'ical.js';
import type { LicenseRow } from '#lib/protocol/rows.ts';
import { LicenseOffice } from '../../journeys/license-office.ts';
import { Phones } from '../allotment-desk.ts';
import { makeRequests, openDesk, signIn } from '../desk-page.ts';
import { expectSound, expectSoundEverywhere } from '../expect-sound.ts';
import { expect, test } from '../fixtures.ts';
import { openAt } from '../open-at.ts';
import { loadedAnew, fillSignIn, signInAs } from '../signing-in.ts';

test.use({ locale: 'en-GB', viewport: { width: 1280, height: 760 } });

const rowOf = (page: Page, text: string | RegExp) =>
	page.getByRole('listitem').filter({ hasText: text });

test('[DV1] a device that an owner ends while it is offline: what it did counts, what it asked for is refused, and both sides are told', async ({
	page,
	hub,
	launchOptions
}) => {
	const office = new LicenseOffice(hub);
	const phones = new Phones(hub, launchOptions);
	const license = await office.issue('--seats', '9', '--given');
	await office.asks('allotment', 'policy', license.number, '--seats', '4', '--share', '8');
	const { context } = await phones.start();
	const desk = await openDesk(context, hub.address);
	await signIn(desk, hub.demo, 'technician');
	await desk.evaluate(async (number) => {
		const { changeSettings, startSync, reserveSeats } = globalThis.desk;
		await changeSettings({ desk: 'Van phone' });
		startSync();
		await reserveSeats(number, 4);
	}, license.number);
	await expect
		.poll(() => desk.evaluate(async () => (await globalThis.desk.listOwnAllotments())[0]?.left))
		.toBe(4);
	await context.setOffline(true);
	const labels = ['drawn-1', 'drawn-2', 'drawn-3', 'asked-1', 'asked-2'];
	const jtis = await makeRequests(desk, license.key, labels);
	await desk.evaluate(async (all) => {
		for (const jti of all.slice(0, 3)) await globalThis.desk.issueNow(jti);
		await globalThis.desk.submitRequests(all.slice(3));
	}, jtis);
	await desk.close();

	await signInAs(page, hub, 'owner');
	await openAt(page, '/settings/devices');
	await page.getByLabel('Whose devices').selectOption('People of Example GmbH');
	await rowOf(page, 'Van phone').getByRole('button', { name: 'End: Van phone' }).click();
	const dialog = page.getByRole('dialog');
	const blocked = new RegExp(`${license.number}\\s*4 seats, until .+ at the latest`);
	await expect(dialog).toContainText(blocked);
	await expectSoundEverywhere(page, 'ending a device');
	await dialog.getByRole('button', { name: 'End device' }).click();
	await expect(dialog).toContainText('Van phone was ended');
	await expect(dialog).toContainText(blocked);
	await dialog.getByRole('button', { name: 'Done' }).click();
	await expect(rowOf(page, 'Van phone')).toContainText('Ended');

	// Its person comes back to a network: the facts are told, and the desk says what has happened.
	await context.setOffline(false);
	const phone = context.pages()[0]!;
	await openAt(phone, '/sync', hub.address);
	const banner = phone.getByText('This device was ended. What is stored on it stays here.');
	await expect(banner).toBeVisible();
	await phone.getByRole('link', { name: 'What to do' }).click();
	await expect(phone.getByText('This device was ended for this person')).toBeVisible();
	const countsOf = async () => {
		const rows = await office.asks<LicenseRow[]>('license', 'list');
		return rows.find(({ number }) => number === license.number)?.counts;
	};
	await expect.poll(countsOf).toEqual({ active: 3, reserved: 1, cooling: 0 });
	await expectSound(phone, 'ended, signed out');

	await fillSignIn(phone, hub, 'technician');
	await loadedAnew(phone, () => phone.locator('main form button[type=submit]').click());
	await expect(banner).toBeVisible();
	await phone.getByRole('link', { name: 'What to do' }).click();
	await expect(phone.getByRole('heading', { name: 'This device was ended' })).toBeVisible();
	for (const label of ['asked-1', 'asked-2'])
		await expect(phone.getByRole('main').getByText(label).first()).toBeVisible();
	await expectSoundEverywhere(phone, 'an ended desk');
	expect(await countsOf(), 'nothing was granted').toEqual({ active: 3, reserved: 1, cooling: 0 });

	// Used again it is another device, and what was refused is asked for anew by whoever wants it.
	await phone.getByRole('button', { name: 'Use this device again' }).click();
	await expect(phone.getByRole('heading', { name: 'This device was ended' })).toHaveCount(0);
	const again = await openDesk(context, hub.address);
	await again.evaluate((jti) => globalThis.desk.submitRequests([jti]), jtis[3]!);
	await again.close();
	await expect.poll(countsOf).toEqual({ active: 4, reserved: 1, cooling: 0 });
	await phones.clear();
	office.field.clear();
});

test('[PE2] a customer that nobody belongs to says so', async ({ page, hub }) => {
	await signInAs(page, hub, 'admin');
	await openAt(page, '/vendor');
	await page.getByRole('link', { name: /^Sample Works Ltd/ }).click();
	await page
		.getByRole('main')
		.getByRole('link', { name: /^People/ })
		.click();
	const members = page.getByRole('region', { name: 'Members' });
	await expect(members).toContainText('Nobody belongs to it yet.');
});

test('[PE2, PE4] an owner looks after people, sessions and keys on screens of their own', async ({
	page,
	hub
}) => {
	await signInAs(page, hub, 'owner');
	await openAt(page, '/settings');
	await expectSound(page, 'settings of an owner');
	await page.getByRole('link', { name: /^People/ }).click();
	await expect(page.getByRole('heading', { name: 'People', level: 1 })).toBeVisible();
	await page.getByRole('button', { name: 'Invite' }).click();
	const dialog = page.getByRole('dialog');
	await dialog.getByRole('button', { name: 'Send invitation' }).click();
	await expect(dialog.getByRole('alert')).toContainText('Enter an address');
	await dialog.getByLabel('Email address').fill('ina.invited@example.com');
	await dialog.getByLabel('Role').selectOption('License manager');
	await expectSound(page, 'inviting');
	await dialog.getByRole('button', { name: 'Send invitation' }).click();
	await expect(rowOf(page, 'ina.invited@example.com')).toContainText('License manager');
	await expectSoundEverywhere(page, 'people');
	await rowOf(page, 'viewer@example.com')
		.getByRole('button', { name: /^Change/ })
		.click();
	await dialog.getByLabel('Role').selectOption('Technician');
	await expectSoundEverywhere(page, 'changing a role');
	await dialog.getByRole('button', { name: 'Save role' }).click();
	await expect(rowOf(page, 'viewer@example.com')).toContainText('Technician');
	await rowOf(page, 'viewer@example.com')
		.getByRole('button', { name: /^Change/ })
		.click();
	await dialog.getByLabel('Role').selectOption('Viewer');
	await dialog.getByRole('button', { name: 'Save role' }).click();
	await expect(rowOf(page, 'viewer@example.com')).toContainText('Viewer');
	await rowOf(page, 'ina.invited@example.com')
		.getByRole('button', { name: /^Withdraw/ })
		.click();
	await expect(rowOf(page, 'ina.invited@example.com')).toHaveCount(0);

	const password = hub.demo.users.find(({ role }) => role === 'owner')!.password;
	await openAt(page, '/settings/keys');
	await page.getByRole('button', { name: 'New key' }).click();
	await dialog.getByLabel('Name').fill('Nightly report');
	await dialog.getByLabel('Where').selectOption('Example GmbH');
	await dialog.getByLabel('At most as').selectOption('Viewer');
	await dialog.getByLabel('Read only').check();
	await dialog.getByLabel('Your password').fill('not this one');
	await dialog.getByRole('button', { name: 'Make key' }).click();
	await expect(dialog.getByRole('group', { name: 'Refused' })).toBeVisible();
	await dialog.getByLabel('Your password').fill(password);
	await expectSoundEverywhere(page, 'a new key');
	await dialog.getByRole('button', { name: 'Make key' }).click();
	await expect(dialog.getByRole('heading', { name: 'Copy the key now' })).toBeVisible();
	const key = await dialog.locator('code').innerText();
	await expectSound(page, 'a key that was made');
	const asKey = (path: string, init: RequestInit = {}) =>
		fetch(`${hub.address}/rpc/${path}`, {
			...init,
			headers: {
				'x-keyferry': '1',
				'content-type': 'application/json',
				authorization: `Bearer ${key}`
			}
		});
	expect((await asKey('license.list?input=%7B%7D')).status).toBe(200);
	const refused = await asKey('customer.add', { method: 'POST', body: '{"name":"X"}' });
	expect(await refused.text()).toContain('NOT_PERMITTED');
	await dialog.getByRole('button', { name: 'Done' }).click();
	await expect(rowOf(page, 'Nightly report')).toContainText(
		'At most Viewer, at Example GmbH only, read only'
	);
	await expectSoundEverywhere(page, 'keys');
	await rowOf(page, 'Nightly report')
		.getByRole('button', { name: /^Revoke/ })
		.click();
	await dialog.getByRole('button', { name: 'Revoke' }).click();
	await expect(rowOf(page, 'Nightly report')).toHaveCount(0);
	expect(await (await asKey('license.list?input=%7B%7D')).text()).toContain('SIGN_IN_REQUIRED');

	const email = hub.demo.users.find(({ role }) => role === 'owner')!.email;
	for (const _ of [1, 2])
		await fetch(`${hub.address}/auth/sign-in/email`, {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				origin: hub.address,
				'user-agent': 'Firefox/140.0 (Windows)'
			},
			body: JSON.stringify({ email, password })
		});
	await openAt(page, '/settings/sessions');
	await expect(rowOf(page, 'This session')).toHaveCount(1);
	await expectSoundEverywhere(page, 'sessions');
	await rowOf(page, 'Firefox on Windows').first().getByRole('button', { name: 'Sign out' }).click();
	await expect(rowOf(page, 'Firefox on Windows')).toHaveCount(1);
	await page.getByRole('button', { name: 'Sign out everywhere else' }).click();
	await expect(page.getByText('You are signed in at 1 place.')).toBeVisible();

	await openAt(page, '/settings');
	await page.getByRole('radio', { name: 'Deutsch' }).check();
	await expect(page.getByRole('heading', { name: 'Einstellungen' })).toBeVisible();
	for (const [path, title] of [
		['people', 'Personen'],
		['devices', 'Geräte'],
		['sessions', 'Sitzungen'],
		['keys', 'API-Schlüssel']
	] as const) {
		await openAt(page, `/settings/${path}`);
		await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible();
		await expectSoundEverywhere(page, `${path} in German`);
	}
});

test('[P12] a person turns reminders off, and what the server was not told is not shown as saved', async ({
	page,
	hub,
	context
}) => {
	await signInAs(page, hub, 'manager');
	await openAt(page, '/settings');
	await page.getByRole('link', { name: 'Reminders' }).click();
	const box = page.getByRole('checkbox', { name: 'Before something ends' });
	const other = page.getByRole('checkbox', { name: 'When a seat was missing' });
	/** Whoever goes on before the server has answered takes it back. */
	const answered = (act: () => Promise<void>) =>
		Promise.all([page.waitForResponse(/reminder\.choose/), act()]);
	await expect(box).toBeChecked();
	await expectSoundEverywhere(page, 'reminders');
	await box.uncheck();
	await expect(page.getByText('Saved.')).toBeVisible();
	await answered(() => page.getByRole('radio', { name: 'Deutsch' }).check());
	await page.reload();
	await expect(box).not.toBeChecked();
	// Each kind by itself.
	await expect(other).toBeChecked();
	await expect(page.getByRole('radio', { name: 'Deutsch' })).toBeChecked();

	await context.setOffline(true);
	await box.click();
	await expect(page.getByText('does not answer.')).toBeVisible();
	await expect(box).not.toBeChecked();
	await context.setOffline(false);
	await answered(() => page.getByRole('radio', { name: 'English' }).check());
	await answered(() => box.check());
	await page.reload();
	await expect(box).toBeChecked();
});

test('[P13] the ends of licenses as a calendar: by an address that a program reads, and as a file without a network', async ({
	page,
	hub,
	context
}) => {
	await signInAs(page, hub, 'manager');
	await openAt(page, '/settings/calendar');
	const make = page.getByRole('button', { name: 'Make an address' });
	await expect(make).toBeVisible();
	await expectSoundEverywhere(page, 'calendar');
	await make.click();
	const address = await page.getByRole('textbox', { name: 'Calendar address' }).inputValue();
	const entriesOf = (text: string) => {
		const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
		return calendar.getAllSubcomponents('vevent').map((each) => {
			const { uid, summary, startDate } = new ICAL.Event(each);
			return { uid, summary, day: startDate.toString() };
		});
	};
	const read = async () => {
		const answer = await fetch(address);
		return { status: answer.status, text: await answer.text() };
	};
	const online = await read();
	expect(online.status).toBe(200);
	const entries = entriesOf(online.text);
	expect(entries.map(({ summary }) => summary)).toContain(
		'Atlas Server Professional: maintenance ends'
	);

	// The same entries, of what this device holds.
	await context.setOffline(true);
	const saving = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Save calendar file' }).click();
	const file = await (await saving).path();
	const saved = entriesOf(readFileSync(file, 'utf8'));
	expect(saved.length).toBeGreaterThan(0);
	for (const entry of saved) expect(entries).toContainEqual(entry);

	await context.setOffline(false);
	await page.getByRole('button', { name: 'Turn off' }).click();
	await expect(page.getByText('Turned off.')).toBeVisible();
	expect((await read()).status).toBe(404);
});
