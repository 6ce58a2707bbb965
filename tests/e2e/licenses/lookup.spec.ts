import type { BrowserContext, Page } from '@playwright/test';
import { isRefusal } from '#lib/domain/refusal.ts';
import { encodeFingerprint } from '#lib/formats/fingerprint-code.ts';
import { readFile } from '#lib/formats/file.ts';
import type { DecodedToken } from '#lib/formats/jws.ts';
import { encodeQr } from '#lib/formats/qr.ts';
import { askFor, makeMachine } from '../../fixtures/hub.ts';
import { startHub, type Demo } from '../../fixtures/running-hub.ts';
import { startSeededHub } from '../../fixtures/seeded-hub.ts';
import { makeRequests, openDesk } from '../desk-page.ts';
import { expect, test } from '../fixtures.ts';
import { openAt } from '../open-at.ts';
import { issueOwn } from '../own-license.ts';
import { pictureOfCode } from '../picture.ts';
import { fillSignIn, loadedAnew, signInAs } from '../signing-in.ts';

test.use({ viewport: { width: 360, height: 740 }, locale: 'en-GB' });

async function openLookup(page: Page): Promise<void> {
	await page.evaluate(() => (location.hash = '#/lookup'));
	await expect(page.locator('a.row').first()).toBeVisible();
}

/** The first visit ends when the service worker keeps the desk. */
async function visitOnce(context: BrowserContext, address: string): Promise<void> {
	const page = await context.newPage();
	await page.goto(address);
	await expect(page.locator('h1')).toBeVisible();
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
	await page.close();
}

/** Some activation that the desk mirrors, as the database has it. */
function someMachine(page: Page) {
	return page.evaluate(async () => {
		const { mirroredActivations, mirroredLicenses } = globalThis.desk;
		const rows = await mirroredActivations.first(1e6);
		const row = rows.find(({ label, state }) => label !== undefined && state === 'active')!;
		const license = (await mirroredLicenses.get(row.licenseId))!;
		return { row, license };
	});
}

/** Types, or pastes what has more than one line, and waits for the one card. */
async function lookUp(page: Page, text: string): Promise<string> {
	const field = page.getByRole('searchbox');
	await field.fill('');
	if (text.includes('\n'))
		await field.evaluate((element, pasted) => {
			const clipboardData = new DataTransfer();
			clipboardData.setData('text/plain', pasted);
			element.dispatchEvent(
				new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
			);
		}, text);
	else await field.fill(text);
	const card = page.getByRole('article');
	await expect(card).toBeVisible();
	return card.innerText();
}

function keyOf(demo: Demo, number: string): string {
	return demo.licenses.find((license) => license.number === number)!.key;
}

function tokenOf(text: string): DecodedToken {
	const file = readFile(text);
	if (isRefusal(file)) throw new Error(file.refused);
	return file.body;
}

test('[O9] any license by number, id, key, activation, machine, request or fingerprint, offline @journey', async ({
	browser
}) => {
	const hub = await startHub();
	const context = await browser.newContext();
	try {
		await visitOnce(context, hub.address);
		const page = await context.newPage();
		await signInAs(page, hub, 'manager');
		await openLookup(page);
		const calls = await openDesk(context, hub.address);
		await expect
			.poll(() =>
				calls.evaluate(() => globalThis.desk.countMirrored(globalThis.desk.mirroredActivations))
			)
			.toBeGreaterThan(0);
		const { row, license } = await someMachine(calls);
		await page.bringToFront();
		await hub.end('SIGKILL');

		const { number } = license;
		const typed = number.slice(3).replaceAll('-', '').replaceAll('0', 'o').replaceAll('1', 'l');
		for (const text of [number, typed.toLowerCase(), license.id, keyOf(hub.demo, number)])
			expect(await lookUp(page, text), text.slice(0, 40)).toContain(number);
		expect(await lookUp(page, tokenOf(keyOf(hub.demo, number)).text)).toContain(number);

		// Its machine: the card says where, and the machine comes first.
		for (const text of [row.id, row.request]) {
			const card = await lookUp(page, text);
			expect(card).toContain(number);
			expect(card).toContain(row.label);
		}
		const [part] = row.parts!;
		const code = encodeFingerprint({ fp: { board: part }, vm: false });
		expect(await lookUp(page, code)).toContain(row.label);
		// By its name: that machine, not its license with three others. Enter opens it.
		expect(await lookUp(page, row.label!)).toContain(number);
		await expect(page.getByRole('article', { name: row.label })).toBeVisible();
		await expect(page.getByRole('link', { name: 'Open machine' })).toBeVisible();
		await page.getByRole('searchbox').press('Enter');
		await expect(page).toHaveURL(new RegExp(`/licenses/${license.id}/${row.id}$`));
		await page.goBack();

		// One character is off: the license that was meant, which Enter opens.
		const symbol = number.endsWith('7') ? '8' : '7';
		await page.getByRole('searchbox').fill(`${number.slice(0, -1)}${symbol}`);
		await expect(page.getByText('One character is off')).toBeVisible();
		await expect(page.locator('a.row')).toContainText(number);
		await page.getByRole('searchbox').press('Enter');
		await expect(page).toHaveURL(new RegExp(`/licenses/${license.id}$`));
		await page.goBack();

		// A request that came by hand: which license it is for, and a way to take it in.
		const request = await askFor({ number }, await makeMachine('rack-99'));
		expect(await lookUp(page, request)).toContain(number);
		await expect(page.getByText('A request for rack-99')).toBeVisible();
		await page.getByRole('button', { name: 'Import files' }).click();
		await expect(page.getByText('rack-99').first()).toBeVisible();
	} finally {
		await context.close();
		await hub.stop();
	}
});

test('[O9] a scanned key leads to its card, and what is not here is said', async ({
	hub,
	demo,
	camera,
	page
}) => {
	await signInAs(page, hub, 'technician');
	await openLookup(page);
	const { number, key } = demo.licenses[0]!;
	camera.show(encodeQr(tokenOf(key)).map((code) => pictureOfCode(code)));
	await page.getByRole('button', { name: 'Scan' }).click();
	await expect(page.getByRole('article')).toContainText(number);
	camera.show([]);
	// A technician sees the number and not the key.
	await expect(page.getByRole('button', { name: 'Copy number' })).toBeVisible();
	await expect(page.getByRole('button', { name: 'Copy key' })).toHaveCount(0);

	await page.getByRole('searchbox').fill('KF-0000-0000-0000');
	await expect(page.getByRole('heading', { name: 'KF-0000-0000-0000 is not' })).toBeVisible();
	await page.getByRole('searchbox').fill('nobody at all');
	await expect(page.getByRole('heading', { name: 'No matches on this device' })).toBeVisible();
	await page.getByRole('button', { name: 'Clear' }).click();
	await expect(page.getByRole('heading', { name: 'Recently viewed' })).toBeVisible();
	await expect(page.locator('a.row')).toContainText(number);
});

test('[AT1] what is to be attached is scanned: a key and a purchase ID, each once', async ({
	hub,
	demo,
	camera,
	page
}) => {
	await signInAs(page, hub, 'technician');
	await openAt(page, '/attach');
	const { number, key } = demo.licenses[0]!;
	const things = page.getByLabel('Purchase IDs, license numbers or license keys');
	await things.fill(number);
	const codes = [...encodeQr(tokenOf(key)), 'PO-2026-0042'];
	camera.show(codes.map((code) => pictureOfCode(code)));
	await page.getByRole('button', { name: 'Scan' }).click();
	await expect(page.getByRole('dialog')).toContainText('2 read so far.');
	await page.getByRole('button', { name: 'Done' }).click();
	camera.show([]);
	await expect(things).toHaveValue(new RegExp(`^${number}\nPO-2026-0042$`));
});

test('[DK9] what is opened of a found machine and of its license stays open, whatever is read meanwhile', async ({
	hub,
	page,
	context
}) => {
	const { key, number } = await issueOwn(hub, { seats: 9, givenFingerprints: true });
	await signInAs(page, hub, 'manager');
	const calls = await openDesk(context, hub.address);
	/** Seats taken, told by the server, as all that shows them is read anew. */
	const activate = async (...labels: string[]) => {
		const jtis = await makeRequests(calls, key, labels);
		await calls.evaluate((jtis) => globalThis.desk.submitRequests(jtis), jtis);
		const mirrored = () =>
			calls.evaluate(
				async (labels) =>
					(await globalThis.desk.mirroredActivations.first(1e6)).filter(({ label = '' }) =>
						labels.includes(label)
					).length,
				labels
			);
		await expect.poll(mirrored).toBe(labels.length);
	};
	await activate('granary');
	await page.bringToFront();
	await openLookup(page);
	const dialog = page.getByRole('dialog');
	const opened = page.locator('dialog[data-opened]');
	const open = async (button: string) => {
		await page.getByRole('button', { name: button }).click();
		await expect(dialog).toBeVisible();
		await dialog.evaluate((element) => (element.dataset.opened = 'by a person'));
	};
	await page.getByRole('searchbox').fill('granary');
	await open('Give the seat back');
	// Others are called so too: together with the first, they will be a list once it is closed.
	await activate('granary-east', 'granary-west');
	await expect(page.getByRole('status').filter({ hasText: '3 machines' })).toBeAttached();
	await expect(opened).toBeVisible();
	await expect(dialog).toContainText('granary');
	await dialog.getByRole('button', { name: 'Cancel' }).click();
	await expect(page.getByRole('heading', { name: '3 machines' })).toBeVisible();

	await openAt(page, `/licenses/${number}`);
	await open('Reserve offline seats');
	await activate('granary-north', 'granary-south');
	await expect(page.getByRole('img', { name: /: 5 active,/ }).first()).toBeVisible();
	await expect(opened).toBeVisible();
});

test('[O9] a phone opens Lookup cold, offline, and finds among thousands', async ({ browser }) => {
	const hub = await startHub();
	const context = await browser.newContext();
	try {
		await visitOnce(context, hub.address);
		const calls = await openDesk(context, hub.address);
		await calls.evaluate(async () => {
			const { relaxed } = globalThis.desk;
			const rows = Array.from({ length: 3_000 }, (_, n) => ({
				id: `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`,
				customerId: `c${n % 30}`,
				customer: `Example Works ${n % 30}`,
				number: `KF-0000-0000-${String(n).padStart(4, '0')}`,
				product: 'atlas',
				title: n === 1_234 ? 'Needle' : 'Atlas',
				edition: 'Standard',
				entitlements: [],
				seats: 5,
				counts: { active: n % 6, reserved: 0, cooling: 0 },
				versions: { from: 8, to: 9 },
				virtualMachines: true,
				givenFingerprints: false,
				contact: 'licensing@example.com',
				revision: 1
			}));
			await relaxed.licenses.bulkPut(
				rows as unknown as Parameters<typeof relaxed.licenses.bulkPut>[0]
			);
		});
		await calls.close();
		await hub.end('SIGKILL');

		const page = await context.newPage();
		await openAt(page, '/lookup', hub.address);
		await expect(page.getByRole('heading', { name: 'Find a license' })).toBeVisible();
		const rows = page.locator('a.row');
		// Drawn are those in sight.
		await expect(page.locator('li', { has: rows }).first()).toHaveAttribute('aria-setsize', '12');
		// Few files, which Chromium compiles as it reads them.
		const preloaded = await page.evaluate(async () => {
			const html = await (await fetch('/')).text();
			const paths = html.matchAll(/href="([^"]+)" rel="modulepreload"/g);
			return Promise.all([...paths].map(async ([, path]) => (await fetch(path!)).text()));
		});
		expect(preloaded.length).toBeLessThan(10);
		const hint = '//# allFunctionsCalledOnLoad\n';
		expect(preloaded.filter((file) => file.startsWith(hint))).toHaveLength(1);

		// What is found is put into the rows that are there, and only what a phone shows of it.
		const drawn = await rows.elementHandles();
		await page.getByRole('searchbox').fill('works 7');
		await expect(page.getByRole('link', { name: /^Show all [\d,]+ in Licenses/ })).toBeVisible();
		await expect(rows.first()).toContainText('KF-0000-0000-0007');
		for (const row of drawn)
			expect(await row.evaluate((element) => element.isConnected)).toBe(true);
		await expect(page.locator('.customer')).toHaveCount(0);
		await page.setViewportSize({ width: 1280, height: 800 });
		await expect(rows.locator('.customer').first()).toHaveText('Example Works 7');
		await expect(rows.first()).toContainText('No end');
		await page.setViewportSize({ width: 360, height: 740 });
		await expect(page.locator('.customer')).toHaveCount(0);
		await page.getByRole('searchbox').fill('needle');
		await expect(page.getByRole('article')).toContainText('KF-0000-0000-1234');

		// The whole list, sorted, with a handful of rows drawn.
		await page.evaluate(() => (location.hash = '#/licenses'));
		await expect(page.getByText('3,000 licenses')).toBeVisible();
		await page.getByRole('button', { name: 'View options' }).click();
		await page.getByLabel('Sort by').selectOption('product');
		await page.getByRole('button', { name: 'Ascending' }).click();
		await expect(page.locator('a.row').first()).toContainText('Needle');
		expect(await page.locator('a.row').count()).toBeLessThan(100);
	} finally {
		await context.close();
		await hub.stop();
	}
});

test('[SY5] a first sync that is cut off says how far it is, and goes on where it was', async ({
	browser
}) => {
	const size = { customers: 4, licenses: 3500, machines: 10 };
	const hub = await startSeededHub(size);
	const context = await browser.newContext();
	try {
		await visitOnce(context, hub.address);
		// The first two pages come through; the browser is gone before the third.
		let pages = 0;
		const asked: (string | null)[] = [];
		await context.route('**/rpc/sync.pull**', async (route) => {
			pages += 1;
			asked.push(route.request().postData());
			if (pages <= 2) await route.continue();
		});
		const first = await context.newPage();
		await fillSignIn(first, hub, 'staff');
		await loadedAnew(first, () => first.locator('main form button[type=submit]').click());
		await openLookup(first);
		await expect(first.getByText(/First sync: [\d,]+ of [\d,]+/)).toBeVisible();
		await expect.poll(() => pages).toBe(3);
		await first.close();

		await context.unroute('**/rpc/sync.pull**');
		await context.setOffline(true);
		const page = await context.newPage();
		await openAt(page, '/lookup', hub.address);
		await expect(page.getByText(/First sync: [\d,]+ of [\d,]+/)).toBeVisible();
		await page.getByRole('searchbox').fill('KF-0000-0000-0000');
		await expect(page.getByText('it may still appear')).toBeVisible();
		const before = await count(page);
		expect(before).toBeGreaterThan(500);
		expect(before).toBeLessThan(size.customers * size.licenses);

		const resumed: (string | null)[] = [];
		await context.route('**/rpc/sync.pull**', (route) => {
			resumed.push(route.request().postData());
			return route.continue();
		});
		await context.setOffline(false);
		await expect
			.poll(() => count(page))
			.toBe(size.customers * size.licenses + hub.demo.licenses.length);
		await expect(page.getByText(/First sync/)).toHaveCount(0);
		expect(asked[0]).not.toContain('hubEpoch');
		expect(resumed[0], 'it goes on from the cursor').toContain('hubEpoch');
		await page.getByRole('searchbox').fill('works 003 enterprise standard');
		await expect(page.getByRole('heading', { name: 'No matches on this device' })).toBeVisible();
		await page.getByRole('searchbox').fill('works 003 standard');
		await expect(page.getByRole('link', { name: /^Show all [\d,]+ in Licenses/ })).toBeVisible();
	} finally {
		await context.close();
		await hub.stop();
	}
});

/** Licenses in the database, however they came there. */
function count(page: Page): Promise<number> {
	return page.evaluate(
		() =>
			new Promise<number>((resolve, reject) => {
				// Of whoever is signed in.
				const asked = indexedDB.open(`keyferry-desk-${localStorage.getItem('keyferry-owner')}`);
				asked.onerror = () => reject(new Error(asked.error?.name));
				asked.onsuccess = () => {
					// Of a first sync all lie in blocks.
					const names = asked.result.transaction('blockNames').objectStore('blockNames');
					const read = names.index('table').getAll('licenses');
					read.onsuccess = () => {
						asked.result.close();
						const blocks = read.result as { names: string }[];
						resolve(blocks.reduce((sum, block) => sum + block.names.split('\n').length, 0));
					};
				};
			})
	);
}
