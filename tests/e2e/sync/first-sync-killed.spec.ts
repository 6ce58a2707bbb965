/**
 * First syncs whose browser is killed at random moments, rows or keys under way: resumed, the mirror holds what the hub
 * tells. `FAULT_ROUNDS_FIRST_SYNC` says how often (2), `FAULT_SEED` repeats a run.
 */
import { appendFileSync } from 'node:fs';
import type { BrowserContext, Page } from '@playwright/test';
import { startSeededHub } from '../../fixtures/seeded-hub.ts';
import { Phones } from '../allotment-desk.ts';
import { openDesk, signIn } from '../desk-page.ts';
import { expect, test } from '../fixtures.ts';

const ROUNDS = Number(process.env.FAULT_ROUNDS_FIRST_SYNC ?? 2);
/** Some pages of rows, and as many of keys. */
const MANY = { customers: 12, licenses: 500, machines: 50 };

let seed = Number(process.env.FAULT_SEED ?? Date.now()) % 2_147_483_647;
console.log(`faults: FAULT_SEED=${seed}`);
const random = () => (seed = (seed * 48_271 + 11) % 2_147_483_647) / 2_147_483_647;

test.setTimeout(300_000 + ROUNDS * 30_000);

/**
 * A browser keeps cookies, and whose desk a page shows, for half a minute before it writes them: a kill takes them, and
 * whoever signed in again each time would soon be asked to wait. What the mirror is stored in is as the kill left it.
 */
async function giveBack(
	context: BrowserContext,
	{ cookies, origins }: Awaited<ReturnType<BrowserContext['storageState']>>
): Promise<void> {
	await context.addCookies(cookies);
	const kept = origins.flatMap(({ localStorage }) => localStorage);
	await context.addInitScript((kept) => {
		if (location.protocol === 'http:')
			for (const { name, value } of kept) localStorage.setItem(name, value);
	}, kept);
}

/** Goes on without being waited for. */
const syncOn = (page: Page) => page.evaluate(() => globalThis.desk.round()).catch(() => 'killed');

/** How far a first sync is: nothing has come, some rows, all rows and some keys, or all. */
function readStage(page: Page): Promise<'nothing' | 'rows' | 'keys' | 'whole'> {
	return page.evaluate(async () => {
		const { readState } = globalThis.desk;
		if ((await readState('cursor')) === undefined) return 'nothing';
		if (await readState('firstSync')) return 'rows';
		return (await readState('owedKeys')) ? 'keys' : 'whole';
	});
}

/** Runs on a page of whoever is signed in. What the mirror holds, and what the hub tells at once; a key in a hundred. */
async function readBoth() {
	type Told = { id: string; customerId: string; key?: string };
	type Page = { cursor: object; more: boolean; licenses: Told[]; activations: Told[] };
	const told: { licenses: Told[]; activations: Told[] } = { licenses: [], activations: [] };
	for (let cursor: object | undefined, isMore = true; isMore;) {
		const answer = await fetch('/rpc/sync.pull', {
			method: 'POST',
			headers: { 'x-keyferry': '1', 'content-type': 'application/json' },
			body: JSON.stringify({ cursor })
		});
		const page = ((await answer.json()) as { result: { data: Page } }).result.data;
		told.licenses.push(...page.licenses);
		told.activations.push(...page.activations);
		({ cursor, more: isMore } = page);
	}
	const { mirroredActivations, mirroredLicenses, readMirroredKey, countLicenses } = globalThis.desk;
	const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1);
	const isMeant = (_: unknown, at: number) => at % 100 === 0;
	const held = (await mirroredLicenses.first(1e6)).sort(byId);
	const theirs = told.licenses.sort(byId);
	return {
		held: {
			licenses: held.map(({ key: _, keysIn: __, ...row }) => row),
			keys: await Promise.all(held.filter(isMeant).map(readMirroredKey)),
			activations: (await mirroredActivations.first(1e6)).sort(byId),
			count: await countLicenses()
		},
		told: {
			licenses: theirs.map(({ key: _, ...row }) => row),
			keys: theirs.filter(isMeant).map(({ key }) => key),
			activations: told.activations.sort(byId),
			count: theirs.length
		}
	};
}

test('[SY4] [SY5] first syncs whose browser is killed at random moments go on where they were, and come to what the hub tells', async ({
	launchOptions
}) => {
	const hub = await startSeededHub(MANY);
	const phones = new Phones(hub, launchOptions);
	const stages: string[] = [];
	/** Milliseconds of one that nobody disturbs, from the first on. */
	let whole = 0;
	while (stages.length < ROUNDS) {
		let phone = await phones.start();
		let page = await openDesk(phone.context, hub.address);
		await signIn(page, hub.demo, 'staff');
		const signedIn = await phone.context.storageState();
		// The first is let be.
		while (whole > 0 && stages.length < ROUNDS && (await readStage(page)) !== 'whole') {
			const ended = syncOn(page);
			// Early and late by turns, however few they are.
			await page.waitForTimeout(((stages.length % 2) + random()) * (whole / 2));
			await phones.kill(phone);
			await ended;
			phone = await phones.start(phone.profile);
			await giveBack(phone.context, signedIn);
			page = await openDesk(phone.context, hub.address);
			stages.push(await readStage(page));
		}
		const started = performance.now();
		await page.evaluate(() => globalThis.desk.round());
		whole ||= performance.now() - started;
		expect(await readStage(page)).toBe('whole');
		const { held, told } = await page.evaluate(readBoth);
		expect(told.count).toBeGreaterThanOrEqual(MANY.customers * MANY.licenses);
		expect(told.keys).not.toContain(undefined);
		expect(held).toEqual(told);
		await phones.end(phone);
	}
	const counted = JSON.stringify({ test: 'first syncs killed', faults: ROUNDS });
	console.log(`faults: ${counted}; after each: ${stages.join(' ')}; undisturbed: ${whole} ms`);
	if (process.env.FAULT_TALLY) appendFileSync(process.env.FAULT_TALLY, `${counted}\n`);
	await phones.clear();
	await hub.stop();
});
