import type { Page } from '@playwright/test';
import { startHub } from '../../fixtures/running-hub.ts';
import { countStates, loadAnew, makeRequests, openDesk, signIn } from '../desk-page.ts';
import { expect, test } from '../fixtures.ts';
import { openAt } from '../open-at.ts';

/** The machine license with many seats. */
const roomy = (licenses: { key: string; number: string; product: string; seats: number }[]) =>
	licenses.find(({ seats }) => seats === 25)!;
/** The server license with two. */
const narrow = (licenses: { key: string; number: string; product: string; seats: number }[]) =>
	licenses.find(({ seats }) => seats === 2)!;

const startSync = (page: Page) => page.evaluate(() => void globalThis.desk.startSync());
const readSync = (page: Page) => page.evaluate(() => globalThis.desk.readSync());

test.use({ locale: 'en-GB' });

test('[RE1] [SY1] [SY3] a request queued offline is granted when the hub can be reached', async ({
	context,
	hub,
	demo
}) => {
	const page = await openDesk(context, hub.address);
	await signIn(page, demo, 'manager');
	await startSync(page);
	await expect.poll(async () => (await readSync(page)).syncedAt).toBeTruthy();

	await context.setOffline(true);
	const [jti] = await makeRequests(page, roomy(demo.licenses).key, ['offline-1']);
	await page.evaluate((jti) => globalThis.desk.submitRequests([jti]), jti!);
	await expect.poll(async () => (await readSync(page)).fault).toBe('unreachable');
	expect(await countStates(page)).toEqual({ queued: 1 });
	expect((await readSync(page)).waiting).toBe(1);

	await context.setOffline(false);
	await expect.poll(() => countStates(page)).toEqual({ granted: 1 });
	const answer = await page.evaluate(async (jti) => {
		const view = await globalThis.desk.findRequest(jti);
		const files = await globalThis.desk.listFiles();
		return { view, file: files.find(({ request }) => request === jti) };
	}, jti!);
	expect(answer.file?.verified).toBe(true);
	expect(answer.file?.text).toBe(answer.view?.answer);
	// The same stem, so that request and answer lie side by side. [FI4]
	expect(answer.file?.fileName).toBe(answer.view?.fileName.replace('.kfreq', '.kfact'));
});

test('[SY2] what is queued outlives the page, and is done once', async ({ context, hub, demo }) => {
	const { key, number } = roomy(demo.licenses);
	const page = await openDesk(context, hub.address);
	await signIn(page, demo, 'manager');
	const jtis = await makeRequests(page, key, ['cut-a', 'cut-b', 'cut-c']);
	await page.evaluate((jtis) => globalThis.desk.submitRequests(jtis), jtis);
	// The answer is cut off on its way: the hub has decided, the desk has not heard.
	let cut = 0;
	await page.route('**/rpc/sync.push**', async (route) => {
		await route.fetch();
		cut += 1;
		await route.abort();
	});
	await startSync(page);
	await expect.poll(() => cut).toBeGreaterThan(0);
	expect(await countStates(page)).toEqual({ queued: 3 });
	await page.close({ runBeforeUnload: false });

	const later = await openDesk(context, hub.address);
	expect(await countStates(later)).toEqual({ queued: 3 });
	await startSync(later);
	await expect.poll(() => countStates(later)).toEqual({ granted: 3 });
	await expect.poll(async () => (await readSync(later)).phase).toBe('idle');
	const license = await later.evaluate((number) => globalThis.desk.readLicense(number), number);
	const machines = license?.activations.filter(({ label }) => label?.startsWith('cut-')) ?? [];
	expect(machines.map(({ label, generation }) => `${label} ${generation}`).sort()).toEqual([
		'cut-a 1',
		'cut-b 1',
		'cut-c 1'
	]);
});

test('[SY7] two tabs write at once without a gap, and one of them syncs', async ({ browser }) => {
	const hub = await startHub();
	const context = await browser.newContext();
	try {
		const one = await openDesk(context, hub.address);
		await signIn(one, hub.demo, 'manager');
		const two = await openDesk(context, hub.address);
		const { key } = roomy(hub.demo.licenses);
		const labels = (tab: string) => Array.from({ length: 10 }, (_, at) => `${tab}-${at}`);
		const [ofOne, ofTwo] = await Promise.all([
			makeRequests(one, key, labels('one')),
			makeRequests(two, key, labels('two'))
		]);
		const pushes = { one: 0, two: 0 };
		one.on('request', (request) => (pushes.one += Number(request.url().includes('sync.push'))));
		two.on('request', (request) => (pushes.two += Number(request.url().includes('sync.push'))));
		const submit = (page: Page, jtis: string[]) =>
			page.evaluate(
				(jtis) => Promise.all(jtis.map((jti) => globalThis.desk.submitRequests([jti]))),
				jtis
			);
		await Promise.all([submit(one, ofOne), submit(two, ofTwo)]);
		const rows = await one.evaluate(() => globalThis.desk.waitingCommands());
		expect(rows.map(({ n }) => n)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));

		await startSync(one);
		await startSync(two);
		await expect.poll(() => countStates(two)).toEqual({ granted: 20 });
		expect([pushes.one > 0, pushes.two > 0]).toContain(false);

		// When the tab that syncs is gone, the other one does.
		const [rest, survivor] = pushes.one > 0 ? [one, two] : [two, one];
		await rest.close();
		const [jti] = await makeRequests(survivor, key, ['after']);
		await survivor.evaluate((jti) => globalThis.desk.submitRequests([jti]), jti!);
		await expect.poll(() => countStates(survivor)).toEqual({ granted: 21 });
	} finally {
		await context.close();
		await hub.stop();
	}
});

test('[SY3] [PE5] a lost login keeps the queue for its person, who sets it going again', async ({
	context,
	hub,
	demo
}) => {
	const page = await openDesk(context, hub.address);
	await signIn(page, demo, 'manager');
	await context.clearCookies();
	const [jti] = await makeRequests(page, roomy(demo.licenses).number, ['lost-login']);
	await page.evaluate((jti) => globalThis.desk.submitRequests([jti]), jti!);
	await startSync(page);
	await expect.poll(() => page.evaluate(() => globalThis.desk.isCurrent())).toBe(false);
	await loadAnew(page);
	expect(await countStates(page)).toEqual({});
	const { email } = demo.users.find(({ role }) => role === 'manager')!;
	expect(await page.evaluate(() => globalThis.desk.listLeft())).toEqual([{ email, unsent: 1 }]);

	await signIn(page, demo, 'manager');
	await startSync(page);
	await expect.poll(() => countStates(page)).toEqual({ granted: 1 });
	await expect.poll(async () => (await readSync(page)).held).toBeUndefined();
	expect(await page.evaluate(() => globalThis.desk.listLeft())).toEqual([]);
});

test('[SY2] a copied profile is found out; unsettled commands keep their ids', async ({
	context,
	hub,
	demo
}) => {
	const page = await openDesk(context, hub.address);
	await signIn(page, demo, 'manager');
	const { key } = roomy(demo.licenses);
	const [first, second] = await makeRequests(page, key, ['first', 'second']);
	await page.evaluate((jti) => globalThis.desk.submitRequests([jti]), first!);
	await startSync(page);
	await expect.poll(() => countStates(page)).toEqual({ granted: 1, draft: 1 });

	// As a backup from before the first command would have it.
	const id = await page.evaluate(async (jti) => {
		const { strict } = globalThis.desk;
		const head = await globalThis.desk.readState('outbox');
		await strict.outbox.clear();
		await strict.states.put({ name: 'outbox', value: { ...head!, lastN: 0 } });
		await globalThis.desk.submitRequests([jti]);
		return (await globalThis.desk.waitingCommands())[0]?.id;
	}, second!);
	await expect.poll(async () => (await readSync(page)).held).toBe('forked');
	expect((await readSync(page)).waiting).toBe(1);

	await page.evaluate(() => globalThis.desk.renewOutbox());
	await page.evaluate(() => globalThis.desk.syncNow());
	await expect.poll(() => countStates(page)).toEqual({ granted: 2 });
	const settled = await page.evaluate(() => globalThis.desk.listOutbox());
	expect(settled.map((row) => row.id)).toContain(id);
});

test('[O11] [SE1] the third machine on two seats is refused, and the refusal is a file @journey', async ({
	browser
}) => {
	const hub = await startHub();
	const context = await browser.newContext();
	try {
		const page = await openDesk(context, hub.address);
		await signIn(page, hub.demo, 'manager');
		const { key, seats } = narrow(hub.demo.licenses);
		const jtis = await makeRequests(page, key, ['one', 'two', 'three']);
		await page.evaluate((jtis) => globalThis.desk.submitRequests(jtis), jtis);
		await startSync(page);
		await expect.poll(async () => (await readSync(page)).waiting).toBe(0);
		const counts = await countStates(page);
		expect(counts.granted).toBeLessThanOrEqual(seats);
		expect((counts.granted ?? 0) + (counts.refused ?? 0)).toBe(3);
		const refused = await page.evaluate(async () => {
			const rows = await globalThis.desk.listRequests();
			const row = rows.find(({ state }) => state === 'refused');
			const files = await globalThis.desk.listFiles();
			return { row, file: files.find(({ request }) => request === row?.jti) };
		});
		expect(refused.row?.refusal?.refused).toBe('SEAT_LIMIT_REACHED');
		expect(refused.file?.kind).toBe('refusal');
		expect(refused.file?.verified).toBe(true);
		expect(refused.file?.fileName).toBe(refused.row?.fileName.replace('.kfreq', '.kfref'));
	} finally {
		await context.close();
		await hub.stop();
	}
});

test('[SY4] [SY5] a page is applied with its cursor, or not at all; what waits is no part of the mirror', async ({
	context,
	hub,
	demo
}) => {
	const page = await openDesk(context, hub.address);
	await signIn(page, demo, 'manager');
	// A page whose last row cannot be stored: everything before it must go as well.
	let spoiled = 0;
	await page.route('**/rpc/sync.pull**', async (route) => {
		if (spoiled > 0) return route.continue();
		spoiled += 1;
		const answer = await route.fetch();
		const [reply] = (await answer.json()) as [{ result: { data: { answers: object[] } } }];
		reply.result.data.answers.push({ customerId: 'no key' });
		return route.fulfill({ response: answer, json: [reply] });
	});
	const [jti] = await makeRequests(page, roomy(demo.licenses).number, ['overlay']);
	await startSync(page);
	await expect.poll(async () => (await readSync(page)).fault).toMatch(/^storage/);
	const mirror = () =>
		page.evaluate(async () => {
			const { licenses, licenseBlocks, answers } = globalThis.desk.strict;
			const cursor = await globalThis.desk.readState('cursor');
			// A large page comes in blocks.
			const stored = (await licenses.count()) + (await licenseBlocks.count());
			return { licenses: stored, answers: await answers.count(), cursor };
		});
	expect(await mirror()).toEqual({ licenses: 0, answers: 0, cursor: undefined });

	await expect.poll(async () => (await mirror()).licenses).toBeGreaterThan(0);
	const before = await mirror();
	expect(before.cursor).toBeDefined();
	await context.setOffline(true);
	await page.evaluate((jti) => globalThis.desk.submitRequests([jti]), jti!);
	expect(await countStates(page)).toEqual({ queued: 1 });
	expect(await mirror()).toEqual(before);
	await context.setOffline(false);
	await expect.poll(() => countStates(page)).toEqual({ granted: 1 });
});

test('[SY1] what exists only here is flushed to the disk; the mirror need not be', async ({
	context,
	hub,
	demo
}) => {
	await context.addInitScript(() => {
		const written: Record<string, string[]> = {};
		Object.assign(globalThis, { written });
		const transaction = IDBDatabase.prototype.transaction;
		IDBDatabase.prototype.transaction = function (stores, mode, options) {
			const opened = transaction.call(this, stores, mode, options);
			if (mode === 'readwrite')
				for (const store of typeof stores === 'string' ? [stores] : stores)
					(written[store] ??= []).push(opened.durability);
			return opened;
		};
	});
	const page = await openDesk(context, hub.address);
	await signIn(page, demo, 'manager');
	const [jti] = await makeRequests(page, roomy(demo.licenses).key, ['durable']);
	await page.evaluate((jti) => globalThis.desk.submitRequests([jti]), jti!);
	await startSync(page);
	await expect.poll(() => countStates(page)).toEqual({ granted: 1 });
	await expect.poll(async () => (await readSync(page)).syncedAt).toBeTruthy();
	const written = await page.evaluate(
		() => (globalThis as unknown as { written: Record<string, string[]> }).written
	);
	const kinds = (store: string) => [...new Set(written[store])];
	for (const store of ['outbox', 'requests', 'machineKeys'])
		expect(kinds(store)).toEqual(['strict']);
	for (const store of ['licenses', 'activations', 'answers'])
		expect(kinds(store)).toEqual(['relaxed']);
});

test('[RE2] whoever holds the license key needs no account; a number alone waits for a sign-in', async ({
	context,
	hub,
	demo
}) => {
	const { key, number } = roomy(demo.licenses);
	const page = await openDesk(context, hub.address);
	const proven = await makeRequests(page, key, ['no-account']);
	const bare = await makeRequests(page, number, ['number-only']);
	await page.evaluate((jtis) => globalThis.desk.submitRequests(jtis), [...bare, ...proven]);
	await startSync(page);
	await expect.poll(() => countStates(page)).toEqual({ granted: 1, queued: 1 });
	await expect.poll(async () => (await readSync(page)).held).toBe('signed-out');

	await signIn(page, demo, 'manager');
	await startSync(page);
	await expect.poll(() => countStates(page)).toEqual({ granted: 2 });
});

test('[PE5] signing out takes the mirror along and closes the work', async ({
	context,
	hub,
	demo
}) => {
	const page = await openDesk(context, hub.address);
	await signIn(page, demo, 'manager');
	await startSync(page);
	const count = () => page.evaluate(async () => globalThis.desk.countLicenses());
	await expect.poll(count).toBeGreaterThan(0);
	await makeRequests(page, roomy(demo.licenses).key, ['kept']);

	await context.setOffline(true);
	await page.evaluate(() => globalThis.desk.signOut());
	expect(await count()).toBe(0);
	await loadAnew(page);
	expect(await countStates(page)).toEqual({});
	expect(await page.evaluate(() => globalThis.desk.readIdentity())).toBeNull();

	// The session ends at the hub as soon as it hears of it.
	await context.setOffline(false);
	await startSync(page);
	await expect
		.poll(() => page.evaluate(() => globalThis.desk.readState('owedSignOut')))
		.toBeUndefined();
	const session = await page.evaluate(async () => (await fetch('/auth/get-session')).text());
	expect(session).toBe('null');

	await signIn(page, demo, 'manager');
	expect(await countStates(page)).toEqual({ draft: 1 });
});

test('[DK7] [SY5] granted, and its answer is in a later page of the pull: it waits, and nothing is carried', async ({
	context,
	page,
	hub,
	demo
}) => {
	const calls = await openDesk(context, hub.address);
	await signIn(calls, demo, 'manager');
	const [jti = ''] = await makeRequests(calls, roomy(demo.licenses).key, ['early-1']);
	await openAt(page, `/requests/${jti}`);
	const carry = page.getByRole('region', { name: 'Carry the request' });
	await expect(carry).toBeVisible();
	// As the first page of a pull leaves it: pages bring machines before answers.
	await calls.evaluate(async (request) => {
		const [license] = await globalThis.desk.relaxed.licenses.toArray();
		await globalThis.desk.relaxed.activations.put({
			id: crypto.randomUUID(),
			customerId: license?.customerId ?? crypto.randomUUID(),
			licenseId: license?.id ?? crypto.randomUUID(),
			label: 'early-1',
			name: 'Demo Person',
			generation: 1,
			state: 'active',
			grantedAt: 1_700_000_000,
			request,
			parts: [],
			revision: 1
		});
	}, jti);
	await expect(page.getByText(/^The server has granted it\. The answer comes/)).toBeVisible();
	await expect(carry).toHaveCount(0);
	await expect(page.getByRole('button', { name: 'Submit' })).toHaveCount(0);
	await openAt(page, '/requests?is=waiting');
	await expect(page.getByRole('link', { name: /early-1/ })).toContainText('Granted');
});
