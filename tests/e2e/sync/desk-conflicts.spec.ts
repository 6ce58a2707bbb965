/**
 * What cannot be granted, and what holds the queue: each has a screen that says what is kept and what
 * to do, and every way on that it offers works.
 */
import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startHub, type Demo, type RunningHub } from '../../fixtures/running-hub.ts';
import { makeRequests, openDesk } from '../desk-page.ts';
import { expectSound, expectSoundEverywhere } from '../expect-sound.ts';
import { expect, test } from '../fixtures.ts';
import { loadedAnew, signInAs } from '../signing-in.ts';

/** One desk: a page with its screens, which also syncs, and one with its calls. */
type Desk = { context: BrowserContext; screen: Page; calls: Page };

const licensesOf = ({ licenses }: Demo, clients: number) =>
	licenses.find((license) => license.clients === clients)!;

/** @param role - Who signs in first; by default it is as it was left. */
async function openScreens(context: BrowserContext, hub: RunningHub, role?: string): Promise<Desk> {
	const screen = await context.newPage();
	await screen.goto(hub.address);
	await expect(screen.locator('h1')).toBeVisible();
	// A page that was never visited before is there without a network from now on.
	await screen.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
	await screen.waitForFunction(() => navigator.serviceWorker.controller !== null);
	if (role !== undefined) await signInAs(screen, hub, role);
	const calls = await openDesk(context, hub.address);
	return { context, screen, calls };
}

async function makeDesk(browser: Browser, hub: RunningHub, role: string): Promise<Desk> {
	const context = await browser.newContext({
		locale: 'en-GB',
		permissions: ['clipboard-read', 'clipboard-write']
	});
	return openScreens(context, hub, role);
}

/** Without loading the page anew, so that it works offline too. */
async function open(screen: Page, path: string): Promise<void> {
	await screen.evaluate((path) => (location.hash = path), `#${path}`);
	await expect(screen.locator('h1')).toBeVisible();
	await expect(screen.locator('.skeleton')).toHaveCount(0);
}

/** Makes requests by number and queues them. @returns Their `jti`s. */
async function queue({ calls }: Desk, number: string, labels: readonly string[]) {
	const jtis = await makeRequests(calls, number, labels);
	await calls.evaluate((jtis) => globalThis.desk.submitRequests(jtis), jtis);
	return jtis;
}

const stateOf = ({ calls }: Desk, jti: string) =>
	calls.evaluate(async (jti) => (await globalThis.desk.findRequest(jti))?.state, jti);

/** The connection comes back: the browser says so, and the desk syncs by itself. */
async function online({ context }: Desk): Promise<void> {
	await context.setOffline(false);
}

test('[RE1] two people claim the last seat offline: one gets it, the other four ways on @journey', async ({
	browser
}) => {
	const hub = await startHub();
	const [manager, tech] = [
		await makeDesk(browser, hub, 'manager'),
		await makeDesk(browser, hub, 'technician')
	];
	try {
		const { number } = licensesOf(hub.demo, 10);
		const { number: otherNumber } = licensesOf(hub.demo, 5);
		const [idle] = await queue(manager, number, ['rack-idle']);
		await expect.poll(() => stateOf(manager, idle!)).toBe('granted');
		// The technician's desk has heard of it, and is carried off.
		await tech.calls.evaluate(() => globalThis.desk.syncNow());
		await open(tech.screen, `/licenses/${number}`);
		await expect(tech.screen.getByText('rack-idle')).toBeVisible();

		await Promise.all([manager, tech].map(({ context }) => context.setOffline(true)));
		const [won] = await queue(manager, number, ['rack-won']);
		const [lost] = await queue(tech, number, ['rack-lost']);
		await open(tech.screen, `/requests/${lost}`);
		await expect(tech.screen.getByText('Waiting for the server').first()).toBeVisible();
		await online(manager);
		await expect.poll(() => stateOf(manager, won!)).toBe('granted');
		await online(tech);
		const { screen } = tech;
		const headline = screen.getByRole('heading', {
			name: /^rack-won took the last one at \d\d:\d\d$/
		});
		await expect(headline).toBeVisible();
		await expect(
			screen.getByText(/^Requested by Demo Person\. .*Live from the server\.$/)
		).toBeVisible();
		await expectSoundEverywhere(screen, 'no seat');

		await test.step('ask whoever manages the seats', async () => {
			const card = screen.getByRole('region', { name: /^rack-won took the last one/ });
			await card.getByRole('button', { name: /^Ask the manager/ }).click();
			await card.getByRole('button', { name: 'Copy message' }).click();
			const message = await screen.evaluate(() => navigator.clipboard.readText());
			expect(message).toContain(number);
			expect(message).toContain('rack-lost');
			expect(message).toContain('rack-won, Demo Person');
			const mail = await card.getByRole('link', { name: 'Email' }).getAttribute('href');
			expect(decodeURIComponent(mail ?? '')).toContain(message);
			await card.getByText('Show the message').click();
			await expect(card.getByText('Can a seat be freed, or one be added?')).toBeVisible();
		});

		await test.step('ask the holder of an idle seat', async () => {
			const card = screen.getByRole('region', { name: /^rack-won took the last one/ });
			await card.getByRole('button', { name: /^Ask a holder/ }).click();
			await expect(card.getByRole('link').first()).toHaveAccessibleName(/^rack-idle/);
			await card.getByRole('button', { name: 'Ask for it back: the seat of rack-idle' }).click();
			await card.getByText('Show the message').click();
			await expect(card.getByText(/rack-idle has held a seat of Atlas Server/)).toBeVisible();
		});

		await test.step('use another license of the product', async () => {
			const card = screen.getByRole('region', { name: /^rack-won took the last one/ });
			await card.getByText('Use another license of this product').click();
			await card.getByRole('button', { name: `Request with ${otherNumber}` }).click();
			await expect(screen).not.toHaveURL(new RegExp(lost!));
			await expect(screen.getByText('Granted', { exact: true })).toBeVisible();
			await screen.locator('summary', { hasText: 'Details' }).click();
			await expect(screen.getByText(otherNumber).first()).toBeVisible();
		});

		await test.step('keep it waiting, withdraw, wait again, offline at first', async () => {
			await open(screen, `/requests/${lost}`);
			await screen.getByRole('button', { name: 'Wait for a seat' }).click();
			await expect(screen.getByText(/^It waits for a seat until/)).toBeVisible();
			await expectSound(screen, 'waiting for a seat');
			await screen.getByRole('button', { name: 'Stop waiting' }).click();
			await expect(screen.getByRole('button', { name: 'Wait for a seat' })).toBeVisible();
			await expect.poll(() => waitingCount(tech)).toBe(0);
			await tech.context.setOffline(true);
			await screen.getByRole('button', { name: 'Wait for a seat' }).click();
			await expect(screen.getByText(/^It starts waiting once/)).toBeVisible();
			await online(tech);
			await expect(screen.getByText(/^It waits for a seat until/)).toBeVisible();
		});

		await test.step('the manager frees the idle seat: granted by itself, once', async () => {
			await open(manager.screen, `/licenses/${number}`);
			await manager.screen
				.locator('#machines')
				.getByRole('link', { name: /rack-idle/ })
				.click();
			await manager.screen.getByRole('button', { name: 'This machine is gone' }).click();
			await manager.screen.getByLabel('What happened').fill('scrapped');
			await manager.screen.getByRole('button', { name: 'Retire rack-idle' }).click();
			await expect(manager.screen.getByText('Retired', { exact: true }).first()).toBeVisible();
			await tech.calls.evaluate(() => globalThis.desk.syncNow());
			await expect.poll(() => stateOf(tech, lost!)).toBe('granted');
			await expect(screen.getByText('Granted', { exact: true })).toBeVisible();
			const machines = await tech.calls.evaluate(
				async (number) => (await globalThis.desk.readLicense(number))?.activations,
				number
			);
			expect(
				machines?.map(({ label, state, generation }) => `${label} ${state} ${generation}`).sort()
			).toEqual(['rack-idle retired 1', 'rack-lost active 1', 'rack-won active 1']);
		});
	} finally {
		await Promise.all([manager, tech].map(({ context }) => context.close()));
		await hub.stop();
	}
});

const waitingCount = ({ calls }: Desk) =>
	calls.evaluate(async () => (await globalThis.desk.readSync()).waiting);

test('[SY3] [SY8] [PE5] a lost login with a full queue, and another person who signs in', async ({
	browser
}) => {
	const hub = await startHub();
	const tech = await makeDesk(browser, hub, 'technician');
	const { screen, context } = tech;
	const { number } = hub.demo.licenses.find(({ seats }) => seats === 25)!;
	const email = hub.demo.users.find(({ role }) => role === 'technician')!;
	try {
		await context.setOffline(true);
		await context.clearCookies();
		const jtis = await queue(tech, number, ['held-a', 'held-b', 'held-c']);
		await open(screen, '/sync');
		await expect(
			screen.getByRole('heading', { name: '3 items wait for the server' })
		).toBeVisible();
		await expect(screen.getByText('Activation request: held-b')).toBeVisible();
		// What waits can leave as a file.
		const download = screen.waitForEvent('download');
		await screen.getByRole('button', { name: 'Export unsent' }).first().click();
		expect((await download).suggestedFilename()).toMatch(/^unsent-.*\.kfpush$/);

		await online(tech);
		const kept = screen.getByRole('region', { name: 'Waiting for someone to sign in' });
		const expectKept = async () => {
			await expect(kept).toContainText('3 unsent items');
			await expect(screen.getByText('held-b')).toHaveCount(0);
		};
		await expect(screen.getByText('held-b')).toHaveCount(0);
		await open(screen, '/sync');
		await expectKept();
		await expectSoundEverywhere(screen, 'somebody else’s work, signed out');

		await test.step('another person', async () => {
			await signInAs(screen, hub, 'manager');
			await open(screen, '/sync');
			await expectKept();
			await expect(
				screen.getByRole('heading', { name: 'All your work is with the server' })
			).toBeVisible();
			await expectSound(screen, 'somebody else’s work');
		});

		await test.step('signed in again, it goes out by itself', async () => {
			await kept.getByRole('link', { name: `Sign in as ${email.email}` }).click();
			await expect(screen.getByLabel('Email')).toHaveValue(email.email);
			await screen.getByLabel('Password').fill(email.password);
			const button = screen.getByRole('button', { name: 'Sign in' });
			await loadedAnew(screen, () => button.click());
			await open(screen, '/sync');
			await expect(
				screen.getByRole('heading', { name: 'Everything is with the server' })
			).toBeVisible();
			await screen.getByText('Sync history').click();
			await expect(screen.getByText('3 sent')).toBeVisible();
			await expect(kept).toHaveCount(0);
			const desk = { ...tech, calls: await openDesk(context, hub.address) };
			for (const jti of jtis) expect(await stateOf(desk, jti)).toBe('granted');
		});
	} finally {
		await context.close();
		await hub.stop();
	}
});

test('[SY2] a copied profile: what is unsent is kept, and a new outbox takes it out', async ({
	launchOptions
}) => {
	const hub = await startHub();
	const folder = mkdtempSync(join(tmpdir(), 'keyferry-profile-'));
	const launch = (name: string) =>
		chromium.launchPersistentContext(join(folder, name), { ...launchOptions, locale: 'en-GB' });
	const contexts: BrowserContext[] = [];
	try {
		const { number } = hub.demo.licenses.find(({ seats }) => seats === 25)!;
		const first = await launch('one');
		const desk = await openScreens(first, hub, 'technician');
		const [before] = await queue(desk, number, ['before']);
		await expect.poll(() => stateOf(desk, before!)).toBe('granted');
		await first.close();
		cpSync(join(folder, 'one'), join(folder, 'two'), { recursive: true });

		const one = await openScreens(await launch('one'), hub);
		const two = await openScreens(await launch('two'), hub);
		contexts.push(one.context, two.context);
		const [ofOne] = await queue(one, number, ['of-one']);
		await expect.poll(() => stateOf(one, ofOne!)).toBe('granted');
		const [ofTwo] = await queue(two, number, ['of-two']);
		await open(two.screen, '/sync');
		await expect(
			two.screen.getByRole('heading', { name: 'The data of this device was copied or restored' })
		).toBeVisible();
		await expect(two.screen.getByText('Activation request: of-two')).toBeVisible();
		await expectSound(two.screen, 'held, copied');
		expect(await stateOf(two, ofTwo!)).toBe('queued');

		await two.screen.getByRole('button', { name: 'Start a new outbox' }).click();
		await expect.poll(() => stateOf(two, ofTwo!)).toBe('granted');
		await expect(
			two.screen.getByRole('heading', { name: 'Everything is with the server' })
		).toBeVisible();
		await expect(
			two.screen.getByRole('heading', { name: 'The data of this device was copied or restored' })
		).toHaveCount(0);
	} finally {
		await Promise.all(contexts.map((context) => context.close()));
		await hub.stop();
		rmSync(folder, { recursive: true, force: true });
	}
});

test('[SY3] a desk that is too old keeps what is unsent, and an update sends it', async ({
	browser
}) => {
	const hub = await startHub();
	const desk = await makeDesk(browser, hub, 'technician');
	const { screen, context } = desk;
	try {
		const { number } = hub.demo.licenses.find(({ seats }) => seats === 25)!;
		const refusal = { refused: 'PROTOCOL_UNSUPPORTED', facts: { found: 2, oldest: 3, newest: 4 } };
		// A hub of the future answers this desk so; only its answer is made here.
		await context.route('**/rpc/sync.push**', (route) =>
			route.fulfill({
				status: 400,
				contentType: 'application/json',
				body: JSON.stringify([
					{
						error: {
							message: refusal.refused,
							code: -32600,
							data: { code: 'BAD_REQUEST', httpStatus: 400, refusal }
						}
					}
				])
			})
		);
		const [jti] = await queue(desk, number, ['of-an-old-desk']);
		await open(screen, '/sync');
		await expect(
			screen.getByRole('heading', { name: 'This app is too old for its server' })
		).toBeVisible();
		await expect(screen.getByRole('button', { name: 'Update now' })).toBeVisible();
		await expect(screen.getByRole('button', { name: 'Export unsent' }).first()).toBeVisible();
		await expectSound(screen, 'held, old version');
		expect(await stateOf(desk, jti!)).toBe('queued');
		await context.unroute('**/rpc/sync.push**');
		await screen.getByRole('button', { name: 'Sync now' }).click();
		await expect.poll(() => stateOf(desk, jti!)).toBe('granted');
		await expect(screen.getByRole('heading', { name: /too old/ })).toHaveCount(0);
	} finally {
		await context.close();
		await hub.stop();
	}
});

test('[SY6] [SY3] the Sync screen names frozen licenses, and a disk that is full', async ({
	browser
}) => {
	const hub = await startHub();
	const desk = await makeDesk(browser, hub, 'manager');
	const { screen, calls, context } = desk;
	try {
		const { number } = licensesOf(hub.demo, 10);
		await expect
			.poll(() => calls.evaluate((n) => globalThis.desk.readLicense(n).then((l) => l?.id), number))
			.toBeTruthy();
		await context.setOffline(true);
		await queue(desk, number, ['not-yet']);
		// As the mirror has it after a restore, and the last round after a write that failed.
		await calls.evaluate(async (number) => {
			const { mirroredLicenses, strict } = globalThis.desk;
			const [row] = await mirroredLicenses.with('licenses.number', [number]);
			await strict.licenses.put({ ...row!, frozenAt: 1_700_000_000 });
		}, number);
		await open(screen, '/sync');
		await expect(
			screen.getByRole('heading', { name: 'The server was restored from a backup' })
		).toBeVisible();
		const frozen = screen.getByRole('region', { name: 'Frozen licenses' });
		await expect(frozen.getByRole('link')).toContainText(number);
		await expectSoundEverywhere(screen, 'held, restored');

		// A round that ends meanwhile says otherwise again.
		await expect(async () => {
			await calls.evaluate(() =>
				globalThis.desk.writeState('sync', {
					phase: 'waiting',
					faults: 1,
					fault: 'storage: QuotaExceededError'
				})
			);
			await expect(
				screen.getByRole('heading', { name: 'The storage of this device is full' })
			).toBeVisible({ timeout: 1_000 });
		}).toPass();
		const download = screen.waitForEvent('download');
		await screen.getByRole('button', { name: 'Export everything' }).last().click();
		expect((await download).suggestedFilename()).toMatch(/^keyferry-desk-/);
	} finally {
		await context.close();
		await hub.stop();
	}
});
