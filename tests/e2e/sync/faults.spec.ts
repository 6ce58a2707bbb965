/**
 * Browsers that are killed while files are taken in and issued, and two tabs that do so at once;
 * afterwards what the desk holds is compared with the hub's ledger. `FAULT_ROUNDS_BROWSER` says how
 * often (2), `FAULT_SEED` repeats a run.
 */
import { execFileSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LaunchOptions, Page } from '@playwright/test';
import { startHub, type RunningHub } from '../../fixtures/running-hub.ts';
import { Phones } from '../allotment-desk.ts';
import { makeRequests, openDesk, signIn } from '../desk-page.ts';
import { expect, test } from '../fixtures.ts';

const ROUNDS = Number(process.env.FAULT_ROUNDS_BROWSER ?? 2);
const FILES = 8;

/** Deterministic, of the same seed as the other faults. */
let seed = Number(process.env.FAULT_SEED ?? Date.now());
const random = () => (seed = (seed * 48_271 + 11) % 2_147_483_647) / 2_147_483_647;

test.setTimeout(300_000 + ROUNDS * 30_000);

/** A hub of its own, a license that has room for everything, and a phone with seats set aside. */
async function begin(launchOptions: LaunchOptions) {
	const hub = await startHub();
	const phones = new Phones(hub, launchOptions);
	const { number, key } = await issueLicense(hub);
	const office = await openDesk((await phones.start()).context, hub.address);
	let phone = await phones.start();
	const page = await openDesk(phone.context, hub.address);
	await signIn(page, hub.demo, 'technician');
	await page.evaluate((number) => globalThis.desk.reserveSeats(number, 400), number);
	await page.evaluate(() => globalThis.desk.round());
	const ask = async (round: number) => {
		const labels = Array.from({ length: FILES }, (_, at) => `machine-${round}-${at}`);
		const jtis = await makeRequests(office, key, labels);
		return office.evaluate(async (jtis) => {
			const rows = await globalThis.desk.strict.requests.bulkGet(jtis);
			return rows.map((row) => ({ jti: row!.jti, text: row!.text }));
		}, jtis);
	};
	return {
		page,
		ask,
		/** Switches the phone off without a word, and on again. */
		kill: async (): Promise<Page> => {
			await phones.kill(phone);
			phone = await phones.start(phone.profile);
			return openDesk(phone.context, hub.address);
		},
		/** A browser keeps its cookies for half a minute before it writes them: a kill may sign one out. */
		signInAgain: async (page: Page) => {
			const identity = await page.evaluate(() => globalThis.desk.readState('identity'));
			if (!identity) await signIn(page, hub.demo, 'technician');
		},
		tab: () => openDesk(phone.context, hub.address),
		compare: async (last: Page, name: string) => {
			await last.evaluate(() => globalThis.desk.round());
			const journal = await readJournal(last);
			await phones.clear();
			await hub.end();
			const fixture = join(import.meta.dirname, '../../faults/compare.fixture.ts');
			const input = JSON.stringify([journal]);
			const said = execFileSync(process.execPath, [fixture, hub.data], { input });
			count(name, { commands: journal.outbox.length, activations: journal.files.length });
			await hub.stop();
			expect(JSON.parse(said.toString())).toEqual([]);
			return journal;
		}
	};
}

function count(name: string, counted: { commands: number; activations: number }): void {
	const line = JSON.stringify({ test: name, faults: ROUNDS, ...counted });
	console.log(`faults: ${line}`);
	if (process.env.FAULT_TALLY) appendFileSync(process.env.FAULT_TALLY, `${line}\n`);
}

async function issueLicense({ address, demo }: RunningHub) {
	const headers = {
		'x-keyferry': '1',
		'content-type': 'application/json',
		authorization: `Bearer ${demo.token}`
	};
	const ask = async (path: string, body?: object) => {
		const init = body ? { method: 'POST', body: JSON.stringify(body) } : {};
		const answer = await fetch(`${address}/rpc/${path}`, { headers, ...init });
		return ((await answer.json()) as { result: { data: unknown } }).result.data;
	};
	const me = (await ask('session.me')) as { customers: { id: string; name: string }[] };
	const license = (await ask('license.issue', {
		customerId: me.customers.find(({ name }) => name === 'Example GmbH')!.id,
		product: 'atlas',
		edition: 'Standard',
		entitlements: ['modeling'],
		seats: 1000,
		versions: { from: 8, to: 9 },
		virtualMachines: true,
		givenFingerprints: true,
		matches: 2,
		graceMinutes: 15
	})) as { number: string; key: string };
	await ask('license.allotments', { number: license.number, deskSeats: 400, offlineShare: 5000 });
	return license;
}

/** Takes files in, and queues or issues every other; goes on without being waited for. */
function takeInAll(page: Page, asked: { jti: string; text: string }[]): Promise<unknown> {
	return page.evaluate(async (asked) => {
		for (const [at, { jti, text }] of asked.entries()) {
			const { items } = await globalThis.desk.importText(text, 'stick');
			await globalThis.desk.keepItems(items);
			if (at % 2 === 0) await globalThis.desk.issueNow(jti);
			else await globalThis.desk.submitRequests([jti]);
		}
	}, asked);
}

function readJournal(page: Page) {
	return page.evaluate(async () => {
		const { strict, readState } = globalThis.desk;
		return {
			desk: 'phone',
			outbox: await strict.outbox.toArray(),
			files: await strict.files.toArray(),
			draws: await strict.draws.toArray(),
			allotments: await strict.ownAllotments.toArray(),
			requests: await strict.requests.toArray(),
			held: (await readState('sync'))?.held
		};
	});
}

test('[AL2] [SY1] a browser killed while it takes files in and issues: each file is there whole, or not at all', async ({
	launchOptions
}) => {
	const { page: first, ask, kill, signInAgain, compare } = await begin(launchOptions);
	let page = first;
	for (let round = 0; round < ROUNDS; round++) {
		const asked = await ask(round);
		const ended = takeInAll(page, asked).catch(() => 'killed');
		await page.waitForTimeout(random() * 600);
		page = await kill();
		await ended;
		await page.evaluate(() => globalThis.desk.finishDraws());
		const { outbox, draws, files, requests } = await readJournal(page);
		// What is queued while nobody is signed in is another outbox's.
		for (const rows of Map.groupBy(outbox, ({ outbox }) => outbox).values()) {
			const places = rows.map(({ n }) => n).sort((a, b) => a - b);
			expect(places).toEqual(places.map((_, at) => at + 1));
		}
		const slots = draws.map(({ allotment, claims }) => `${allotment}.${claims.slot}`);
		expect(new Set(slots).size).toBe(slots.length);
		for (const { state, claims } of draws) {
			expect(state).toBe('drawn');
			expect(files.some(({ jti }) => jti === claims.jti)).toBe(true);
			expect(requests.some(({ jti }) => jti === claims.req)).toBe(true);
		}
		await signInAgain(page);
		// Whoever stood there takes the same files in once more.
		if (random() < 0.5) await takeInAll(page, asked);
		if (random() < 0.5) await page.evaluate(() => globalThis.desk.round());
	}
	const { outbox } = await compare(page, 'browser killed');
	expect(outbox.length).toBeGreaterThan(0);
});

test('[AL2] [SY7] two tabs that take in, issue and sync at once: every slot once, every command once', async ({
	launchOptions
}) => {
	const { page, ask, tab, compare } = await begin(launchOptions);
	const other = await tab();
	for (let round = 0; round < ROUNDS; round++) {
		const [mine, theirs] = [await ask(2 * round), await ask(2 * round + 1)];
		const both = [...mine.slice(0, 2), ...theirs];
		const sync = (tab: Page) => tab.evaluate(() => globalThis.desk.round());
		await Promise.all([takeInAll(page, mine), takeInAll(other, both), sync(page), sync(other)]);
		const { draws } = await readJournal(page);
		const slots = draws.map(({ allotment, claims }) => `${allotment}.${claims.slot}`);
		expect(new Set(slots).size).toBe(slots.length);
		expect(new Set(draws.map(({ claims }) => claims.req)).size).toBe(draws.length);
	}
	const { draws } = await compare(other, 'two tabs');
	expect(draws).toHaveLength(ROUNDS * FILES);
});
