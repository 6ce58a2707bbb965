/** The ten commonest tasks on a phone, and the taps that each may take. [DK8] */
import type { Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { encodeFingerprint } from '#lib/formats/fingerprint-code.ts';
import { Phones, type Phone } from '../allotment-desk.ts';
import { countTaps, hearTaps, type TaskStart } from './count-taps.ts';
import { makeRequests, openDesk } from '../desk-page.ts';
import { expect, test } from '../fixtures.ts';
import { issueOwn } from '../own-license.ts';
import { signInAs } from '../signing-in.ts';

type License = Awaited<ReturnType<typeof issueOwn>>;
type CarriedFile = { name: string; mimeType: string; buffer: Buffer };

test.describe.configure({ mode: 'serial' });

const DAY = 86_400;
const HOME: TaskStart = { path: '/', heading: 'Home' };
const TEN = Array.from({ length: 10 }, (_, at) => `brought-${at + 1}`);

let phones: Phones;
let phone: Phone;
let page: Page;
/** The calls of the same desk. */
let calls: Page;
let roomy: License;
let spare: License;
let single: License;
/** Requests that somebody brings on a stick: ten, and one to be issued on the spot. */
let brought: CarriedFile[];
let pressed: CarriedFile[];

test.beforeAll(async ({ browser, hub, launchOptions }) => {
	const givenFingerprints = true;
	roomy = await issueOwn(hub, { seats: 20, givenFingerprints });
	spare = await issueOwn(hub, { seats: 4, givenFingerprints });
	single = await issueOwn(hub, { seats: 1, givenFingerprints });
	const maker = await browser.newContext();
	const making = await openDesk(maker, hub.address);
	await makeRequests(making, roomy.key, TEN);
	await makeRequests(making, spare.key, ['press']);
	const made = await making.evaluate(() => globalThis.desk.listRequests());
	await maker.close();
	const files = (number: string) =>
		made
			.filter((request) => request.number === number)
			.map(({ fileName, text }) => ({
				name: fileName,
				mimeType: 'application/octet-stream',
				buffer: Buffer.from(text)
			}));
	brought = files(roomy.number);
	pressed = files(spare.number);

	phones = new Phones(hub, { ...launchOptions, isMobile: true, hasTouch: true });
	phone = await phones.start();
	await hearTaps(phone.context);
	page = await phone.context.newPage();
	await signInAs(page, hub, 'technician');
	calls = await openDesk(phone.context, hub.address);
	await ask(roomy, ['kiln', 'loom']);
	await expect.poll(() => statesOf(roomy)).toEqual({ kiln: 'granted', loom: 'granted' });
	const mirrored = () =>
		calls.evaluate(
			async () =>
				(await globalThis.desk.mirroredActivations.first(1e6)).filter((r) => r.label === 'kiln')
					.length
		);
	await expect.poll(mirrored).toBe(1);
	await page.bringToFront();
});

test.afterAll(() => phones.clear());
test.afterEach(() => phone.context.setOffline(false));

/** Makes requests on the phone and submits them, none of which is the task that is counted. */
async function ask({ key }: License, labels: readonly string[]): Promise<void> {
	const jtis = await makeRequests(calls, key, labels);
	await calls.evaluate((jtis) => globalThis.desk.submitRequests(jtis), jtis);
}

/** How the requests for a license stand, by label. */
const statesOf = ({ number }: License) =>
	calls.evaluate(
		async (number) =>
			Object.fromEntries(
				(await globalThis.desk.listRequests())
					.filter((request) => request.number === number)
					.map(({ summary, state }) => [summary.label ?? '', state] as const)
			),
		number
	);

async function tap(name: string | RegExp, role: 'button' | 'link' = 'button', on = page) {
	const exact = typeof name === 'string';
	await on.getByRole(role, { name, exact }).first().tap();
}

async function choose(button: string, files: readonly CarriedFile[]): Promise<void> {
	const [chooser] = await Promise.all([page.waitForEvent('filechooser'), tap(button)]);
	await chooser.setFiles([...files]);
}

/** @returns The name of the file that is saved. */
async function save(button: string | RegExp): Promise<string> {
	const [download] = await Promise.all([page.waitForEvent('download'), tap(button)]);
	return download.suggestedFilename();
}

test('[DK8] a license is found by its number in two taps', async () => {
	await phone.context.setOffline(true);
	const taps = await countTaps(page, HOME, async () => {
		await tap(/^Find a license/, 'link');
		await page.getByRole('searchbox').fill(roomy.number);
		await expect(page.getByRole('article')).toContainText(roomy.number);
	});
	expect(taps).toBe(2);
});

test('[DK8] a request for a known license is made and saved offline in five taps', async () => {
	await phone.context.setOffline(true);
	const hash = (sign: string) => sign.repeat(22);
	const fp = { os: hash('t'), board: hash('u'), disk: hash('v') };
	const taps = await countTaps(page, HOME, async () => {
		await tap('Activate', 'link');
		await page.getByRole('textbox', { name: 'License key or number' }).fill(roomy.number);
		await page
			.getByRole('textbox', { name: 'Machine code' })
			.fill(encodeFingerprint({ fp, vm: false }));
		await tap('Make request');
		expect(await save(/^Save file/)).toMatch(/\.kfreq$/);
	});
	expect(taps).toBe(5);
});

test('[DK8] a machine is found and its seat given back offline in four taps', async () => {
	await phone.context.setOffline(true);
	const taps = await countTaps(page, HOME, async () => {
		await tap(/^Find a license/, 'link');
		await page.getByRole('searchbox').fill('kiln');
		await tap('Give the seat back');
		await tap('Give back');
		await expect(page.getByRole('link', { name: 'Open the return' })).toBeVisible();
	});
	expect(taps).toBe(4);
});

test('[DK8] a note on a license is changed offline in three taps', async () => {
	await phone.context.setOffline(true);
	const license = { path: `/licenses/${roomy.number}`, heading: 'Atlas Server' };
	const taps = await countTaps(page, license, async () => {
		await tap('Add a note');
		await page.getByRole('textbox', { name: 'Note' }).fill('Spare machines stand in hall 2.');
		await tap('Save');
		await expect(page.getByText('Spare machines stand in hall 2.')).toBeVisible();
		await expect(page.getByText('Not sent yet')).toBeVisible();
	});
	expect(taps).toBe(3);
});

test('[DK8] an answer that came is saved in one tap', async () => {
	await phone.context.setOffline(true);
	const taps = await countTaps(page, HOME, async () => {
		expect(await save(/^Save \d+ answers?$/)).toMatch(/\.(kfact|zip)$/);
	});
	expect(taps).toBe(1);
});

test('[DK8] seats of a license are reserved for this device in four taps', async () => {
	const taps = await countTaps(page, HOME, async () => {
		await tap('Offline seats', 'link');
		// Above it may stand a proposal for a license that is often used here: that takes one tap less.
		await page.getByRole('button', { name: 'Reserve offline seats' }).last().tap();
		const dialog = page.getByRole('dialog');
		await dialog.getByLabel('License', { exact: true }).selectOption(spare.number);
		await tap('Reserve 2 seats');
		await expect(page.getByText('2 of 2 left')).toBeVisible();
	});
	expect(taps).toBe(4);
});

test('[DK8] a request that is brought is issued offline, and its answer saved, in four taps', async () => {
	await phone.context.setOffline(true);
	const taps = await countTaps(page, HOME, async () => {
		await tap('Offline seats', 'link');
		await choose('Load a file', pressed);
		await tap('Issue now');
		await expect(page.getByRole('heading', { name: 'Issued for press' })).toBeVisible();
		expect(await save(/^Save file/)).toMatch(/\.kfact$/);
	});
	expect(taps).toBe(4);
});

test('[DK8] a refused request is kept waiting for a seat in two taps', async () => {
	await ask(single, ['mill-1', 'mill-2']);
	await expect.poll(() => statesOf(single)).toEqual({ 'mill-1': 'granted', 'mill-2': 'refused' });
	const taps = await countTaps(page, HOME, async () => {
		const recent = page.getByRole('region', { name: 'Recent requests' });
		await recent.getByRole('link', { name: /^mill-2/ }).tap();
		await tap(/^Wait for a seat/);
		await expect(page.getByText(/^It waits for a seat until/)).toBeVisible();
	});
	expect(taps).toBe(2);
});

test('[DK8] ten request files become ten answers in four taps', async () => {
	const taps = await countTaps(page, HOME, async () => {
		await tap('Import files', 'link');
		await choose('Choose files', brought);
		await tap('Submit 10');
		expect(await save('Save 10 answers')).toMatch(/\.zip$/);
	});
	expect(taps).toBe(4);
});

test('[DK8] a manager has the licenses that end within 30 days as CSV in three taps', async ({
	hub
}) => {
	const expiresAt = Math.floor(Date.now() / 1000) + 20 * DAY;
	const ending = await issueOwn(hub, { expiresAt });
	const { context } = await phones.start();
	await hearTaps(context);
	const desk = await context.newPage();
	await signInAs(desk, hub, 'manager');
	const taps = await countTaps(desk, HOME, async () => {
		await tap(/to renew within 30 days/, 'link', desk);
		await tap('View options', 'button', desk);
		const [download] = await Promise.all([
			desk.waitForEvent('download'),
			tap(/^Export \d+ as CSV$/, 'button', desk)
		]);
		expect(readFileSync(await download.path(), 'utf8')).toContain(ending.number);
	});
	expect(taps).toBe(3);
});
