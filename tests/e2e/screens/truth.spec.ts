/**
 * Every screen, with a server that takes its time, a slow processor and a long list: whatever is
 * painted, in any frame, was so. [DK1]
 */
import type { BrowserContext, Page } from '@playwright/test';
import { setTimeout as pause } from 'node:timers/promises';
import { startSeededHub } from '../../fixtures/seeded-hub.ts';
import type { RunningHub } from '../../fixtures/running-hub.ts';
import { claims } from '../../truth/claims.ts';
import { findLies } from '../../truth/record.ts';
import { TruthRecorder } from '../../truth/recorder.ts';
import { openDesk, signIn } from '../desk-page.ts';
import { expectSoundEverywhere } from '../expect-sound.ts';
import { expect, test } from '../fixtures.ts';
import { openAt } from '../open-at.ts';
import { signInAs } from '../signing-in.ts';

// A picture of the page after each step would slow it down more than the processor here.
test.use({ trace: 'off' });

/** How far a screen may be behind its store, with the processor slowed as here. */
const LAG_MS = 2_500;
/** Each screen is looked at for so many of them, before the next one. */
const FRAMES = 8;
/** What the server takes for each answer. */
const ANSWER_MS = 7_000;

const SCREENS = [
	...[
		'/',
		'/lookup',
		'/licenses',
		'/activations',
		'/requests',
		'/activate',
		'/allotments',
		'/import',
		'/sync'
	],
	...['/settings', '/settings/people', '/settings/devices', '/settings/keys', '/more']
];

/** Every answer of the server comes so much later. */
async function slowDown(context: BrowserContext, { ms }: { ms: number }): Promise<void> {
	await context.route(/\/(rpc|auth|v1|\.well-known)\//, async (route) => {
		const answer = await route.fetch().catch(() => undefined);
		await pause(ms);
		await (answer ? route.fulfill({ response: answer }) : route.abort()).catch(() => undefined);
	});
}

/** A processor so many times slower. */
async function throttle(page: Page, rate: number): Promise<void> {
	const session = await page.context().newCDPSession(page);
	await session.send('Emulation.setCPUThrottlingRate', { rate });
}

/** As somebody who follows links: the page stays, and the screen is looked at for some frames. */
async function visit(page: Page, path: string): Promise<void> {
	await page.locator('main').waitFor();
	await page.evaluate(
		async ({ path, looks }) => {
			const link = document.createElement('a');
			link.href = `#${path}`;
			document.querySelector('main')?.append(link);
			link.click();
			link.remove();
			const isThere = () =>
				location.hash.slice(1) === path && document.querySelector('main :is(h1, h2)') !== null;
			for (let frames = 0; frames < looks; frames += isThere() ? 1 : 0)
				await new Promise(requestAnimationFrame);
		},
		{ path, looks: FRAMES }
	);
}

/** One license asks for attention, and no screen may overlook it. @returns Its id. */
async function suspend({ address, demo }: RunningHub): Promise<string> {
	const headers = {
		'x-keyferry': '1',
		'content-type': 'application/json',
		authorization: `Bearer ${demo.token}`
	};
	const listed = await fetch(`${address}/rpc/license.list?input={}`, { headers });
	type Listed = { result: { data: { licenses: { id: string }[] } } };
	const [first] = ((await listed.json()) as Listed).result.data.licenses;
	const licenseId = first!.id;
	const body = JSON.stringify({ licenseId });
	const answer = await fetch(`${address}/rpc/license.suspend`, { method: 'POST', headers, body });
	expect(answer.status, await answer.text()).toBe(200);
	return licenseId;
}

test('[DK1] no screen says anything false in any frame: first sync with answers after 7 s, then offline', async ({
	browser
}) => {
	const hub = await startSeededHub({ customers: 2, licenses: 520, machines: 40 });
	const context = await browser.newContext({
		baseURL: hub.address,
		locale: 'en-GB',
		viewport: { width: 1280, height: 760 }
	});
	try {
		const suspended = await suspend(hub);
		const calls = await openDesk(context, hub.address);
		await signIn(calls, hub.demo, 'staff');
		await calls.close();

		const page = await context.newPage();
		const recorder = await TruthRecorder.on(page);
		const expectNoLie = (what: string) => {
			const lies = findLies(recorder.record, claims, { lagMs: LAG_MS });
			expect(
				lies.map(({ key, text, path, at, store }) => ({
					key,
					text,
					path,
					at,
					known: store?.known
				})),
				what
			).toEqual([]);
		};
		await slowDown(context, { ms: ANSWER_MS });
		await page.goto(hub.address);
		const isWhole = () => recorder.record.stores.at(-1)?.known === 'whole';
		await test.step('while the first sync runs', async () => {
			while (!isWhole()) for (const path of SCREENS) await visit(page, path);
			expect(recorder.record.stores.map(({ known }) => known)).toContain('part');
			for (const path of SCREENS) await visit(page, path);
			expectNoLie('first sync');
		});

		await test.step('afterwards, each screen opened cold, offline, among all licenses', async () => {
			await expect.poll(() => recorder.record.stores.at(-1)?.hasSynced).toBe(true);
			await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
			await context.setOffline(true);
			const { licenses } = recorder.record.stores.at(-1)!;
			expect(licenses.size).toBe(2 * 520 + hub.demo.licenses.length);
			await throttle(page, 4);
			for (const path of [
				'/',
				'/licenses',
				'/lookup',
				`/licenses/${suspended}`,
				'/requests',
				'/sync'
			]) {
				await openAt(page, path);
				await visit(page, path);
			}
			for (const path of SCREENS) await visit(page, path);
			expectNoLie('offline');
		});
		// It was all seen: a recorder that is blind finds no lie either.
		const said = new Set(recorder.record.lines.map(({ path }) => path));
		for (const path of SCREENS) expect(said).toContain(path);
		expect(recorder.frames).toBeGreaterThan(100);
	} finally {
		await context.close();
		await hub.stop();
	}
});

test('[DK1] Sync now says what came of it: signed out, signed in, offline; a way to sign in is there', async ({
	page,
	hub,
	context
}) => {
	const outcome = page.locator('main [role=status]').last();
	const sync = () => page.getByRole('button', { name: 'Sync now' }).click();
	await openAt(page, '/sync');
	await expect(page.getByRole('heading', { name: 'Nobody is signed in' })).toBeVisible();
	await expect(page.locator('main').getByRole('link', { name: 'Sign in' })).toHaveAttribute(
		'href',
		'#/sign-in'
	);
	await sync();
	await expect(outcome).toHaveText('Done: nothing here was waiting for the server.');
	await expectSoundEverywhere(page, 'sync, signed out');

	await signInAs(page, hub, 'manager');
	await openAt(page, '/sync');
	await expect(page.getByRole('heading', { name: 'Everything is with the server' })).toBeVisible();
	await sync();
	await expect(outcome).toHaveText(/^Done: there was nothing to send/);
	await expectSoundEverywhere(page, 'sync, settled');

	// As the palette leads here: it is done and told, and not again with the next load.
	await openAt(page, '/sync?now');
	await expect(outcome).toHaveText(/^Done: there was nothing to send/);
	await expect(page).toHaveURL(/#\/sync$/);

	await context.setOffline(true);
	await sync();
	await expect(outcome).toHaveText(/^This device is offline: nothing was sent/);
	await expect(page.getByText(/^As of \d\d:\d\d\. This device is offline/)).toBeVisible();
	// No alarm: what is here is as good as it was.
	await expect(page.getByRole('alert')).toHaveCount(0);
});
