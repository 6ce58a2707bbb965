/**
 * What a customer's people do at the portal while there is a server, capability by capability.
 *
 * @module
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Locator } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { openAt } from '../open-at.ts';
import {
	backup,
	BUYER,
	COLLEAGUE,
	keyIn,
	REMOTE,
	RESELLER,
	rowOf,
	rows,
	type PortalDesk
} from './portal-desk.ts';
import { loadedAnew, signInAs } from '../signing-in.ts';

const DAY_MS = 86_400_000;

const codeIn = (letter: string) => /^\d{8}$/m.exec(letter)![0];

/** Whether something is rather red or rather green, written or painted. */
const tintOf = (shown: Locator, of: 'color' | 'backgroundColor' = 'color') =>
	shown.evaluate((element, of) => {
		const context = document.createElement('canvas').getContext('2d')!;
		context.fillStyle = getComputedStyle(element)[of];
		context.fillRect(0, 0, 1, 1);
		const [red = 0, green = 0] = context.getImageData(0, 0, 1, 1).data;
		return red > green ? 'red' : 'green';
	}, of);

export async function useWithServer(desk: PortalDesk): Promise<void> {
	const { page, main } = desk;
	const { soon, later, atlas, server, old } = desk.bought;

	await test.step('[P1] on sign-in all licenses bought with the verified address are there', async () => {
		const letter = await desk.letterTo(BUYER, 'Your purchase');
		expect(letter).toContain('PO-BERTA-1');
		expect(letter).toContain(soon);
		await desk.open('/sign-in');
		await page.getByLabel('Email').fill(BUYER);
		await page.getByRole('button', { name: 'Mail me a code' }).click();
		const code = codeIn(await desk.letterTo(BUYER, 'Your code'));
		await page.getByLabel('Code from the mail').fill(code);
		await main.getByRole('button', { name: 'Sign in', exact: true }).click();
		await page.getByLabel('Your name').fill('Berta Buyer');
		await loadedAnew(page, () =>
			main.getByRole('button', { name: 'Sign in', exact: true }).click()
		);
		await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
		await desk.open('/licenses');
		await expect(rows(page)).toHaveCount(2);
		for (const number of [soon, later]) await expect(rowOf(page, number)).toBeVisible();
	});

	await test.step('[P2] missing ones by purchase ID and number, many at once; each code by mail; pasted; attached', async () => {
		await desk.open('/attach');
		const asked = page.getByLabel('Purchase IDs, license numbers or license keys');
		await asked.fill(['PO-CARL-1', `also: ${old}`, 'PO-NOBODY-1', 'PO-BERTA-1'].join('\n'));
		await page.getByRole('button', { name: 'Mail the codes' }).click();
		await expect(page.getByText('If these are known, a code was sent')).toBeVisible();
		await expect(page.getByText('Already yours: PO-BERTA-1')).toBeVisible();
		const letters = await Promise.all(
			[COLLEAGUE, RESELLER].map((to) => desk.letterTo(to, 'A code to attach licenses'))
		);
		expect(letters[0]).toContain('PO-CARL-1');
		expect(letters[0]).not.toContain(old);
		expect(letters[1]).toContain(old);

		// In the hands of another person they open nothing, and stay good for who asked.
		const other = await desk.newContext();
		const thief = await other.newPage();
		await signInAs(thief, desk.hub, 'technician');
		await openAt(thief, '/attach', desk.hub.address);
		await thief.getByLabel('Codes from the mail').fill(codeIn(letters[0]!));
		await thief.getByRole('button', { name: 'Attach', exact: true }).click();
		await expect(thief.getByText('This code does not work any more.')).toBeVisible();
		await other.close();

		await page.bringToFront();
		const codes = page.getByLabel('Codes from the mail');
		await page.evaluate((text) => navigator.clipboard.writeText(text), letters.join('\n'));
		await codes.focus();
		await page.keyboard.press('ControlOrMeta+V');
		await page.getByRole('button', { name: 'Attach', exact: true }).click();
		await expect(main.getByText('2 organizations attached.')).toBeVisible();
		for (const number of [atlas, server, old]) await expect(main).toContainText(number);
		await page.getByRole('link', { name: 'Show licenses' }).click();
		await expect(rows(page)).toHaveCount(5);
	});

	await test.step('[P3] the store is one click away, and a signed order that was paid is carried out', async () => {
		await desk.openLicense(soon);
		const renew = page.getByRole('link', { name: 'Renew' });
		await expect(renew).toHaveAttribute('href', 'https://store.example.com/harbor-backup');
		expect(await tintOf(renew, 'backgroundColor')).toBe('green');
		const order = {
			id: 'PO-BERTA-2',
			address: BUYER,
			lines: [
				{ id: '1', extends: soon, expiryDays: 365 },
				{ ...backup, id: '2', edition: 'Plus', seats: 4, expiryDays: 30 }
			]
		};
		expect(await desk.store.forges(order)).toBe('WEBHOOK_NOT_SIGNED');
		const made = (await desk.store.sells(order))['2']!;
		await page.evaluate(() => dispatchEvent(new Event('online')));
		await expect(renew).toHaveCount(0);
		await desk.open('/licenses');
		await expect(rowOf(page, made)).toBeVisible();
	});

	const crane = await desk.machine('crane-host', '5.1.9');
	await test.step('[P11] an offline activation begins at the list of all activations, and is in it', async () => {
		await desk.activate(crane.path);
		await desk.carryBack(crane.machine);
		await desk.open('/activations');
		await expect(rows(page)).toHaveCount(1);
		for (const told of ['crane-host', '5.1.9', 'Harbor Backup', later, 'Activated'])
			await expect(rows(page)).toContainText(told);
	});

	await test.step('[P4] a green or a red key with its word, and expired apart from it', async () => {
		await desk.open('/licenses');
		await expect(keyIn(page, later)).toHaveText('Activated');
		expect(await tintOf(keyIn(page, later))).toBe('green');
		for (const number of [soon, old]) {
			await expect(keyIn(page, number)).toHaveText('Not activated');
			expect(await tintOf(keyIn(page, number))).toBe('red');
			await expect(keyIn(page, number).locator('svg')).toBeVisible();
		}
		await expect(rowOf(page, old)).toContainText('Expired');
		await expect(rowOf(page, soon)).not.toContainText('Expired');
	});

	await test.step('[P5] maintenance and expiry are two dates, in the list and on the page', async () => {
		await page.getByRole('button', { name: 'View options' }).click();
		for (const name of ['Edition', 'Maintenance', 'Expires'])
			await page.getByRole('checkbox', { name, exact: true }).check();
		await page.keyboard.press('Escape');
		const dayIn = (column: string) => rowOf(page, later).locator(`.${column} time`);
		await expect(dayIn('maintenance')).toBeVisible();
		const [ends, runs] = await Promise.all(
			['expiry', 'maintenance'].map((column) => dayIn(column).getAttribute('datetime'))
		);
		expect(Date.parse(ends!) - Date.parse(runs!)).toBe(100 * DAY_MS);
		await desk.openLicense(later);
		for (const [name, at] of [
			['Maintenance until', runs],
			['Expires', ends]
		] as const) {
			const term = main.locator('dl > div').filter({ hasText: name });
			await expect(term.locator('time')).toHaveAttribute('datetime', at!);
		}
	});

	await test.step('[P6] the key is shown, copied with one tap, and a QR code', async () => {
		await expect(main.locator('code').filter({ hasText: later }).first()).toBeVisible();
		await page.getByRole('button', { name: 'Copy key' }).click();
		await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
		const copied = await page.evaluate(() => navigator.clipboard.readText());
		expect(copied).toContain('BEGIN KEYFERRY LICENSE');
		await page.getByRole('button', { name: 'Show QR' }).first().click();
		await expect(page.getByRole('dialog').getByRole('img').first()).toBeVisible();
		await page.keyboard.press('Escape');
	});

	await test.step('[P7] remote management is allowed per license, from 5.2 on, by the next file', async () => {
		expect(await desk.statusOf(crane.machine, '5.1.9')).toMatchObject({
			entitlements: ['backup', 'remote-management'],
			needsVersion: { 'remote-management': '5.2' }
		});
		expect(await desk.statusOf(crane.machine, '5.2')).not.toHaveProperty('needsVersion');
		await expect(main.getByText('From version 5.2')).toBeVisible();
		await page.getByRole('switch', { name: REMOTE }).click();
		await expect(page.getByRole('switch', { name: REMOTE })).not.toBeChecked();
		const next = main.getByRole('listitem').filter({ hasText: 'crane-host' }).first();
		const file = await desk.save(next.getByRole('button', { name: /^Save file/ }));
		await file.saveAs(crane.machine.path('next.kfact'));
		await desk.load(crane.machine, 'next.kfact');
		expect(await desk.statusOf(crane.machine, '5.2')).toMatchObject({ entitlements: ['backup'] });
	});

	await test.step('[P8] the exact release that a license may run, with its checksum, and why none newer', async () => {
		await desk.openLicense(server);
		await page.getByRole('link', { name: 'Downloads' }).last().click();
		await page.getByRole('combobox', { name: 'For' }).selectOption('Linux (x64)');
		await expect(page.getByRole('heading', { name: 'Atlas Server 8.1' })).toBeVisible();
		await expect(main.getByText(/Maintenance ended on/).first()).toBeVisible();
		await expect(main.getByText('Not 10.0:')).toBeVisible();
		const file = await desk.save(page.getByRole('button', { name: 'Download 8.1' }));
		const sum = createHash('sha256')
			.update(readFileSync(await file.path()))
			.digest('hex');
		await main.getByText(`SHA-256 ${sum.slice(0, 8)}`).click();
		await expect(main.getByText(sum, { exact: true })).toBeVisible();
		// For another system there is none, and it says for which there are.
		await page.getByRole('combobox', { name: 'For' }).selectOption('macOS (Apple silicon)');
		await expect(page.getByRole('button', { name: 'Download 8.1' })).toHaveCount(0);
		await expect(main.getByText('2 files for other systems')).toBeVisible();
	});

	await test.step('[P9] a license at a glance', async () => {
		await desk.seeSummary();
	});

	await test.step('[P10] all licenses are searched and sorted by any column', async () => {
		await desk.openLicense(soon);
		await page.getByRole('button', { name: 'Add a note' }).click();
		await page.getByLabel('Note').fill('Spare for the regatta.');
		await page.getByRole('button', { name: 'Save', exact: true }).click();
		await expect(main.getByText('Spare for the regatta.')).toBeVisible();
		await expect(main.getByText('Not sent yet')).toHaveCount(0);
		await desk.sortByEachColumn();
	});
}
