/** One phone and several people: what it holds belongs to whoever brought it. [PE5] */
import { readFileSync } from 'node:fs';
import type { BrowserContext, Page } from '@playwright/test';
import { startHub, type Demo, type RunningHub } from '../../fixtures/running-hub.ts';
import { Phones, setAside, type Phone } from '../allotment-desk.ts';
import { openAt } from '../open-at.ts';
import { makeRequests, openDesk, signIn } from '../desk-page.ts';
import { expectSound } from '../expect-sound.ts';
import { expect, test } from '../fixtures.ts';
import { fillSignIn, loadedAnew, signInAs } from '../signing-in.ts';

const roomy = ({ licenses }: Demo) => licenses.find(({ seats }) => seats === 25)!;
const userOf = ({ users }: Demo, role: string) => users.find((each) => each.role === role)!;

/** A phone with a hub of its own, for as long as the work takes. */
async function withPhone(
	launchOptions: ConstructorParameters<typeof Phones>[1],
	work: (world: { hub: RunningHub; phone: Phone; page: Page }) => Promise<void>
): Promise<void> {
	const hub = await startHub();
	const phones = new Phones(hub, launchOptions);
	try {
		const phone = await phones.start();
		await work({ hub, phone, page: phone.context.pages()[0]! });
	} finally {
		await phones.clear();
		await hub.stop();
	}
}

/** What a desk finds by its own calls, in a tab beside the screens. */
async function look<T>(
	context: BrowserContext,
	hub: RunningHub,
	work: (desk: Page) => Promise<T>
): Promise<T> {
	const desk = await openDesk(context, hub.address);
	try {
		return await work(desk);
	} finally {
		await desk.close();
	}
}

const holdingsOf = (desk: Page) =>
	desk.evaluate(async () => {
		const { strict, listIssuable, waitingCommands } = globalThis.desk;
		const { requests, files, keys, ownAllotments, licenses, machineKeys } = strict;
		const tables = [requests, files, keys, ownAllotments, licenses, machineKeys];
		const counts = await Promise.all(tables.map((table) => table.count()));
		const waiting = (await waitingCommands()).length;
		return {
			rows: counts.reduce((a, b) => a + b) + waiting,
			issuable: (await listIssuable()).size
		};
	});

/** The whole desk, as the button in Settings writes it. */
async function exportAll(page: Page, hub: RunningHub): Promise<string> {
	await openAt(page, '/settings', hub.address);
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('button', { name: 'Export everything' }).click()
	]);
	return readFileSync(await download.path(), 'utf8');
}

async function openRequests(page: Page, hub: RunningHub): Promise<void> {
	await openAt(page, '/requests', hub.address);
	await expect(page.getByRole('heading', { name: 'Requests', level: 1 })).toBeVisible();
	await expect(page.locator('.skeleton')).toHaveCount(0);
}

/** Signs in on a device that holds one thing of nobody's. */
async function enterAs(
	page: Page,
	hub: RunningHub,
	{ role, adopt }: { role: string; adopt: boolean }
): Promise<void> {
	await fillSignIn(page, hub, role);
	await expect(page.getByText(/^1 item kept here without an account/)).toBeVisible();
	await expectSound(page, 'sign-in, with something to take along');
	await page.getByLabel('Take along what is on this device').setChecked(adopt);
	await loadedAnew(page, () => page.locator('main form button[type=submit]').click());
	await expect(page.getByText(/licenses, activated on/)).toBeVisible();
}

async function openSignOut(page: Page, hub: RunningHub) {
	await openAt(page, '/settings', hub.address);
	await page.getByRole('button', { name: 'Sign out' }).click();
	return page.getByRole('dialog');
}

async function signOut(page: Page, hub: RunningHub): Promise<void> {
	const dialog = await openSignOut(page, hub);
	await loadedAnew(page, () => dialog.getByRole('button', { name: 'Sign out' }).click());
	await openAt(page, '/settings', hub.address);
	await expect(page.getByText('Not signed in.')).toBeVisible();
}

const keep = (desk: Page, text: string) =>
	desk.evaluate(async (text) => {
		const { items } = await globalThis.desk.importText(text, 'stick');
		await globalThis.desk.keepItems(items);
	}, text);

test('[PE5] signed out, what a person holds is not shown, used or exported; signed in again, it is all there', async ({
	launchOptions
}) => {
	test.setTimeout(300_000);
	await withPhone(launchOptions, async ({ hub, phone, page }) => {
		const { context } = phone;
		const { key, number } = roomy(hub.demo);
		await signInAs(page, hub, 'manager');
		await setAside(page, hub, { number, seats: 2 });
		const before = await look(context, hub, async (desk) => {
			await keep(desk, key);
			await makeRequests(desk, key, ['rack-secret']);
			return holdingsOf(desk);
		});
		expect(before.issuable).toBe(1);
		expect(await exportAll(page, hub)).toContain('rack-secret');

		await test.step('signed out', async () => {
			await signOut(page, hub);
			expect(await look(context, hub, holdingsOf)).toEqual({ rows: 0, issuable: 0 });
			for (const path of ['/', '/requests', '/allotments', '/licenses', '/lookup']) {
				await openAt(page, path, hub.address);
				await expect(page.getByText('rack-secret')).toHaveCount(0);
				await expect(page.getByText(number)).toHaveCount(0);
			}
			const exported = await exportAll(page, hub);
			expect(exported).not.toContain('rack-secret');
			expect(JSON.parse(exported)).toMatchObject({
				requests: [],
				files: [],
				keys: [],
				waiting: []
			});
		});

		await test.step('with nobody signed in, no seat of theirs is issued', async () => {
			const issued = await look(context, hub, async (desk) => {
				const [jti] = await makeRequests(desk, number, ['rack-stranger']);
				return desk.evaluate((jti) => globalThis.desk.issueNow(jti), jti!);
			});
			expect(issued).toHaveProperty('refused');
			expect(issued).not.toHaveProperty('text');
		});

		await test.step('another person sees their own', async () => {
			await enterAs(page, hub, { role: 'technician', adopt: false });
			const found = await look(context, hub, (desk) =>
				desk.evaluate(async (number) => {
					const { listRequests, listIssuable, readLicenseChoice, strict } = globalThis.desk;
					return {
						requests: (await listRequests()).length,
						keys: await strict.keys.count(),
						issuable: (await listIssuable()).size,
						choice: await readLicenseChoice(number)
					};
				}, number)
			);
			expect(found).toMatchObject({ requests: 0, keys: 0, issuable: 0, choice: { number } });
			expect(found.choice, 'the manager’s key').not.toHaveProperty('sec');
			await signOut(page, hub);
		});

		await test.step('signed in again', async () => {
			await enterAs(page, hub, { role: 'manager', adopt: false });
			await openAt(page, '/requests', hub.address);
			await expect(page.getByText('rack-secret')).toBeVisible();
			const issued = await look(context, hub, async (desk) => {
				const [jti] = await makeRequests(desk, number, ['rack-own']);
				return desk.evaluate((jti) => globalThis.desk.issueNow(jti), jti!);
			});
			expect(issued).toHaveProperty('text');
		});
	});
});

test('[PE5] what was made with nobody signed in stays the device’s, until somebody takes it along', async ({
	browser
}) => {
	const hub = await startHub();
	const context = await browser.newContext({ locale: 'en-GB' });
	try {
		const { number } = roomy(hub.demo);
		const page = await context.newPage();
		await page.goto(hub.address);
		const [jti] = await look(context, hub, async (desk) => {
			const jtis = await makeRequests(desk, number, ['rack-nobody']);
			await desk.evaluate((jtis) => globalThis.desk.submitRequests(jtis), jtis);
			return jtis;
		});
		const enter = async (role: string, { adopt }: { adopt: boolean }) => {
			await enterAs(page, hub, { role, adopt });
			await openRequests(page, hub);
		};
		await enter('manager', { adopt: false });
		await expect(page.getByText('rack-nobody')).toHaveCount(0);
		await signOut(page, hub);
		await openRequests(page, hub);
		await expect(page.getByText('rack-nobody')).toBeVisible();

		await enter('technician', { adopt: true });
		await expect(page.getByText('rack-nobody')).toBeVisible();
		await look(context, hub, async (desk) => {
			await expect
				.poll(() => desk.evaluate((jti) => globalThis.desk.findRequest(jti), jti!))
				.toMatchObject({ state: 'granted' });
			expect(await desk.evaluate(() => globalThis.desk.countUnowned())).toBe(0);
		});
		await signOut(page, hub);
		await openRequests(page, hub);
		await expect(page.getByText('rack-nobody')).toHaveCount(0);
	} finally {
		await context.close();
		await hub.stop();
	}
});

test('[PE5] everything is removed at sign-out, after what is unsent was exported', async ({
	launchOptions
}) => {
	test.setTimeout(300_000);
	await withPhone(launchOptions, async ({ hub, phone, page }) => {
		const { context } = phone;
		const { number } = roomy(hub.demo);
		await signInAs(page, hub, 'technician');
		await setAside(page, hub, { number, seats: 2 });
		await context.setOffline(true);
		const [jti] = await look(context, hub, async (desk) => {
			const jtis = await makeRequests(desk, number, ['rack-unsent']);
			await desk.evaluate((jtis) => globalThis.desk.submitRequests(jtis), jtis);
			return jtis;
		});
		await page.evaluate(() => (location.hash = '#/settings'));
		await page.getByRole('button', { name: 'Sign out' }).click();
		const dialog = page.getByRole('dialog');
		await expect(dialog.getByText(/1 item has not been sent and waits until then/)).toBeVisible();
		await dialog.getByLabel('Remove everything of mine from this device').check();
		await expect(dialog.getByText(/^2 offline seats can no longer be issued/)).toBeVisible();
		await expect(dialog.getByText(/^1 item has not been sent to the server/)).toBeVisible();
		await expectSound(page, 'sign-out, everything removed');
		const go = dialog.getByRole('button', { name: 'Sign out and remove' });
		await expect(go).toBeDisabled();
		const [download] = await Promise.all([
			page.waitForEvent('download'),
			dialog.getByRole('button', { name: 'Export unsent' }).click()
		]);
		const file = readFileSync(await download.path(), 'utf8');
		await loadedAnew(page, () => go.click());
		await expect
			.poll(() => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name)))
			.toEqual(['keyferry-desk']);

		// Elsewhere the file does what was to be done; here nothing of it is left.
		await context.setOffline(false);
		const answer = await fetch(`${hub.address}/v1/pushes`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ push: file })
		});
		expect(await answer.text()).toContain('KEYFERRY ACTIVATION');
		await signInAs(page, hub, 'technician');
		await look(context, hub, async (desk) => {
			expect(await desk.evaluate((jti) => globalThis.desk.findRequest(jti), jti!)).toBeUndefined();
			expect(await desk.evaluate(() => globalThis.desk.strict.ownAllotments.count())).toBe(0);
		});
	});
});

test('[PE5] a tab that shows one person’s desk never works as another', async ({ browser }) => {
	const hub = await startHub();
	const context = await browser.newContext({ locale: 'en-GB' });
	try {
		const { number } = roomy(hub.demo);
		const stale = await openDesk(context, hub.address);
		await signIn(stale, hub.demo, 'manager');

		// Another tab signs somebody else in; this one goes on, frozen or between two steps of a round.
		const screen = await context.newPage();
		await signInAs(screen, hub, 'staff');
		const [jti] = await makeRequests(stale, number, ['rack-stale']);
		await stale.evaluate((jti) => globalThis.desk.submitRequests([jti]), jti!);
		expect(await stale.evaluate(() => globalThis.desk.isCurrent())).toBe(false);
		expect(await stale.evaluate(() => globalThis.desk.confirmIdentity())).toBeNull();
		const pushed = await stale.evaluate(() =>
			globalThis.desk.pushOutbox().then(
				(held) => held ?? 'sent',
				() => 'fault'
			)
		);
		expect(pushed).toBe('signed-out');
		expect(await stale.evaluate(() => globalThis.desk.countWaiting())).toMatchObject({ count: 1 });

		// A page of the desk is loaded anew, and shows whoever is signed in now.
		const other = await context.newPage();
		await openAt(other, '/settings', hub.address);
		await expect(other.getByText(`Signed in as ${userOf(hub.demo, 'staff').email}.`)).toBeVisible();
		await Promise.all([other.waitForEvent('load'), signOut(screen, hub)]);
		await expect(other).toHaveURL(/#\/$/);
		await openAt(other, '/settings', hub.address);
		await expect(other.getByText('Not signed in.')).toBeVisible();
	} finally {
		await context.close();
		await hub.stop();
	}
});
