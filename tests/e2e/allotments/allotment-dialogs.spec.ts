/**
 * What people decide about seats that desks hold, dialog by dialog: what they are told, and what the
 * hub's ledger has afterwards. [AL1, AL4]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AllotmentRow, LicenseRow } from '#lib/protocol/rows.ts';
import { codes, LicenseOffice, said, type License } from '../../journeys/license-office.ts';
import { startHub } from '../../fixtures/running-hub.ts';
import { loadRequest, Phones, saveShown, setAside } from '../allotment-desk.ts';
import { makeRequests, openDesk } from '../desk-page.ts';
import { expectSound } from '../expect-sound.ts';
import { expect, test } from '../fixtures.ts';
import { openAt } from '../open-at.ts';
import { signInAs } from '../signing-in.ts';

const DAY = 86_400;
/** As the screens write it for people in Britain. */
const day = (seconds: number) =>
	new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' }).format(
		seconds * 1000
	);

async function listed(office: LicenseOffice, { number }: License) {
	const rows = await office.asks<LicenseRow[]>('license', 'list');
	const blocks = await office.asks<AllotmentRow[]>('allotment', 'list', '--license', number);
	return { license: rows.find((row) => row.number === number)!, blocks };
}

test('[O4] the desk proposes an allotment for what it often handles: taken it is reserved, declined it stays away', async ({
	hub,
	launchOptions
}) => {
	const office = new LicenseOffice(hub);
	const phones = new Phones(hub, launchOptions);
	try {
		const wanted = await office.issue('--seats', '5', '--given');
		const other = await office.issue('--seats', '5', '--given');
		const { context } = await phones.start();
		const page = await context.newPage();
		await signInAs(page, hub, 'manager');
		const desk = await openDesk(context, hub.address);
		await makeRequests(desk, wanted.key, ['once', 'twice']);
		await makeRequests(desk, other.key, ['third', 'fourth']);
		const [once] = await makeRequests(desk, (await office.issue('--given')).key, ['only']);
		expect(once).toBeTruthy();

		await openAt(page, '/allotments', hub.address);
		const proposals = page.getByText(/^You often activate Atlas Server\. Reserve 2 seats/);
		await expect(proposals).toHaveCount(2);
		// Which of the two is which is said by the dialog.
		await page.getByRole('button', { name: 'Reserve offline seats' }).first().click();
		const dialog = page.getByRole('dialog', { name: 'Reserve seats for this device' });
		await expect(dialog).toContainText(
			'Nobody else gets these seats. You can issue from them for 30 days'
		);
		await expect(dialog).toContainText('Up to 2 of this license for one person.');
		await dialog.getByLabel('License', { exact: true }).selectOption(wanted.number);
		await dialog.getByRole('button', { name: 'Reserve 2 seats' }).click();
		await expect(dialog).toBeHidden();
		await expect(page.getByText('2 of 2 left')).toBeVisible();
		const { license, blocks } = await listed(office, wanted);
		expect(license.counts).toEqual({ active: 0, reserved: 2, cooling: 0 });
		expect(blocks).toMatchObject([{ state: 'open', max: 2, reserved: 2 }]);

		await expect(proposals).toHaveCount(1);
		await page.getByRole('button', { name: 'No, thanks' }).click();
		await expect(proposals).toHaveCount(0);
		await page.reload();
		await expect(page.getByText('2 of 2 left')).toBeVisible();
		await expect(proposals).toHaveCount(0);
		expect((await listed(office, other)).blocks).toEqual([]);
	} finally {
		await phones.clear();
		office.field.clear();
	}
});

test('[AL1] [DK4] where the browser keeps no storage, installing the app is what makes it reserve', async ({
	page,
	hub
}) => {
	const office = new LicenseOffice(hub);
	const { number } = await office.issue('--seats', '4');
	// A browser that promises nothing before the app is installed.
	await page.addInitScript(() => {
		let isInstalled = false;
		StorageManager.prototype.persist = () => Promise.resolve(isInstalled);
		StorageManager.prototype.persisted = () => Promise.resolve(isInstalled);
		const prompt = () => {
			isInstalled = true;
			return Promise.resolve({ outcome: 'accepted' });
		};
		Object.assign(globalThis, { handOver: () => dispatchEvent(promptEvent()) });
		const promptEvent = () => Object.assign(new Event('beforeinstallprompt'), { prompt });
	});
	await signInAs(page, hub, 'manager');
	await openAt(page, '/allotments');
	await page.evaluate(() => (globalThis as unknown as { handOver: () => void }).handOver());
	await page.getByRole('button', { name: 'Reserve offline seats' }).first().click();
	const dialog = page.getByRole('dialog', { name: 'Reserve seats for this device' });
	const offered = dialog.getByLabel('License', { exact: true });
	await offered.selectOption(number);
	const texts = (await offered.getByRole('option').allTextContents()).join();
	const over = (await office.asks<LicenseRow[]>('license', 'list')).filter(
		({ expiresAt = Infinity }) => expiresAt * 1000 < Date.now()
	);
	expect(over.length).toBeGreaterThan(0);
	for (const { number: expired } of over) expect(texts).not.toContain(expired);
	await dialog.getByRole('button', { name: 'Reserve 2 seats' }).click();
	await expect(dialog).toContainText('STORAGE_NOT_KEPT');
	await expectSound(page, 'reserving where storage is not kept');
	await dialog.getByRole('button', { name: 'Install this app' }).click();
	await expect(dialog).toBeHidden();
	await expect(page.getByRole('link', { name: new RegExp(number) })).toContainText('2 of 2 left');
	office.field.clear();
});

test('[AL1] [AL4] a manager limits what desks hold, ends a lost one, is told what stays blocked, and writes it off', async ({
	launchOptions
}) => {
	const home = mkdtempSync(join(tmpdir(), 'keyferry-lost-'));
	let hub = await startHub({ data: join(home, 'data') });
	const office = new LicenseOffice(hub);
	const phones = new Phones(hub, launchOptions);
	try {
		const license = await office.issue('--seats', '6');
		const machine = office.field.machine('derrick-1');
		const request = await office.request(machine, license);
		const lost = await phones.start();
		const away = await lost.context.newPage();
		await signInAs(away, hub, 'manager');

		// What one desk may hold.
		const card = away.getByRole('region', { name: 'Offline seats' });
		const dialog = away.getByRole('dialog');
		await openAt(away, `/licenses/${license.number}`, hub.address);
		await expect(card).toContainText('One person may hold 2 seats, for 30 days at a time.');
		await card.getByRole('button', { name: 'Change' }).click();
		await dialog.getByLabel('Seats per person').fill('many');
		await dialog.getByLabel('Days to issue them').fill('0');
		await dialog.getByRole('button', { name: 'Save' }).click();
		await expect(dialog.getByText('Enter a whole number.')).toHaveCount(2);
		expect((await listed(office, license)).license).toMatchObject({ deskSeats: 2 });
		await dialog.getByLabel('Seats per person').fill('3');
		await dialog.getByLabel('Days to issue them').fill('1');
		await dialog.getByRole('button', { name: 'Save' }).click();
		await expect(away.getByText('Saved. This applies from now on.')).toBeVisible();
		await expect(card).toContainText('One person may hold 3 seats, for 1 day at a time.');
		const policy = { deskSeats: 3, allotmentDays: 1 };
		expect((await listed(office, license)).license).toMatchObject(policy);

		// The desk issues one of its three where nobody hears of it, and is gone.
		await setAside(away, hub, { number: license.number, seats: 3 });
		await lost.context.setOffline(true);
		await loadRequest(away, hub, machine.path(request));
		await away.getByRole('button', { name: 'Issue now' }).click();
		await expect(away.getByRole('heading', { name: 'Issued for derrick-1' })).toBeVisible();
		const drawn = await saveShown(away, machine.path);
		said(await office.load(machine, drawn));
		await phones.end(lost);

		const { context } = await phones.start();
		const page = await context.newPage();
		await signInAs(page, hub, 'manager');
		const [block] = (await listed(office, license)).blocks;
		const blockedUntil = day(block!.filesUntil + 2 * DAY);
		await openAt(page, `/allotments/${block!.id}`, hub.address);
		const ending = page.getByRole('dialog');
		await page.getByRole('button', { name: 'Stop this device from issuing' }).click();
		await expect(ending).toContainText(`3 seats stay blocked until ${blockedUntil}`);
		await expect(ending).toContainText(`From ${day(block!.issueUntil)} on, you can write them off`);
		await ending.getByRole('button', { name: 'Stop issuing' }).click();
		await expect(ending.getByText('Enter a reason.')).toBeVisible();
		expect((await listed(office, license)).blocks).toMatchObject([{ state: 'open' }]);
		await ending.getByLabel('Reason').fill('phone lost, ticket 4711');
		await ending.getByRole('button', { name: 'Stop issuing' }).click();
		await expect(
			page.getByText('Stopped. The device learns of it at its next sync.')
		).toBeVisible();
		await expect(page.getByText('Stopped', { exact: true })).toBeVisible();
		// What is blocked stays on the page, and nothing is free; written off now, it would be a risk.
		await expect(page.getByRole('main')).toContainText(
			`3 seats stay blocked until ${blockedUntil}`
		);
		await expect(page.getByRole('button', { name: 'Write off now' })).toBeVisible();
		await expect(page.getByRole('button', { name: 'Write off', exact: true })).toHaveCount(0);
		const ended = await listed(office, license);
		expect(ended.blocks).toMatchObject([{ state: 'frozen', reserved: 3 }]);
		expect(ended.license.counts).toEqual({ active: 0, reserved: 3, cooling: 0 });

		// A day later it can issue no more, wherever it is.
		await hub.end();
		const later = `--import=${join(import.meta.dirname, '../../journeys/shift-clock.mjs')}`;
		const shift = 25 * 3600;
		const env = { NODE_OPTIONS: later, CLOCK_SHIFT_SECONDS: String(shift) };
		hub = await startHub({ data: hub.data, port: hub.port, env });
		await page.clock.setFixedTime(Date.now() + shift * 1000);
		await page.reload();
		await page.getByRole('button', { name: 'Write off' }).click();
		await expect(ending).toContainText('Write off 3 seats?');
		await expect(ending).toContainText(
			`those machines run uncounted until ${day(block!.filesUntil)}. Each counts as over the limit`
		);
		await ending.getByLabel('Reason').fill('not found again');
		await ending.getByRole('button', { name: 'Write off' }).click();
		await expect(page.getByText('Written off. The seats are free.')).toBeVisible();
		await expect(
			page.getByText('A manager wrote it off, and its seats are free again.')
		).toBeVisible();
		const written = await listed(office, license);
		expect(written.blocks).toMatchObject([{ state: 'written-off', reserved: 0 }]);
		expect(written.license.counts).toEqual({ active: 0, reserved: 0, cooling: 0 });

		// It turns up: what it issued is counted once, and it issues nothing more.
		const found = await phones.start(lost.profile);
		// Its login is over: what has happened is told all the same, and then its desk is closed.
		await found.context.clearCookies();
		const back = await found.context.newPage();
		let loads = 0;
		back.on('load', () => loads++);
		await openAt(back, `/allotments/${block!.id}`, hub.address);
		await expect.poll(() => loads).toBe(2);
		await expect(back.locator('main h1')).toBeVisible();
		await expect
			.poll(async () => (await listed(office, license)).license.counts)
			.toEqual({ active: 1, reserved: 0, cooling: 0 });
		await signInAs(back, hub, 'manager');
		await openAt(back, `/allotments/${block!.id}`, hub.address);
		await expect(
			back.getByText('A manager wrote it off, and its seats are free again.')
		).toBeVisible();
		await expect(back.getByRole('link', { name: 'Issue from a request' })).toHaveCount(0);
		expect(codes(await office.load(machine, drawn))).toEqual([undefined]);
	} finally {
		await phones.clear();
		office.field.clear();
		await hub.stop();
		rmSync(home, { recursive: true, force: true });
	}
});
