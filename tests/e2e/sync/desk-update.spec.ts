import {
	createServer,
	request as ask,
	type IncomingMessage,
	type OutgoingHttpHeaders,
	type Server,
	type ServerResponse
} from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { BrowserContext, Page } from '@playwright/test';
import { startSeededHub } from '../../fixtures/seeded-hub.ts';
import { countStates, makeRequests, openDesk, signIn } from '../desk-page.ts';
import { expect, test } from '../fixtures.ts';

/** Stands before the hub: can bring out a new version, and can hold answers back. */
class Gate {
	isNewVersion = false;
	/** Addresses of what was asked, in order. */
	readonly asked: string[] = [];
	/** Answers that the hub has given and the desk has not heard, by the end of their address. */
	readonly #held = new Map<string, Promise<void>>();
	readonly #release = new Map<string, () => void>();
	readonly #server: Server;

	constructor(hub: string) {
		this.#server = createServer((incoming, outgoing) => {
			const url = new URL(incoming.url ?? '/', hub);
			const headers: OutgoingHttpHeaders = { ...incoming.headers, host: url.host };
			headers['accept-encoding'] = 'identity';
			// The hub is asked as if it had served the page itself.
			if (headers.origin) headers.origin = url.origin;
			const forwarded = ask(url, { method: incoming.method, headers }, (answer) => {
				const chunks: Buffer[] = [];
				answer.on('data', (chunk: Buffer) => chunks.push(chunk));
				answer.on('end', () => void this.#pass(url.pathname, { answer, chunks, outgoing }));
			});
			forwarded.on('error', () => outgoing.destroy());
			incoming.pipe(forwarded);
		});
	}

	async #pass(
		path: string,
		{
			answer,
			chunks,
			outgoing
		}: {
			answer: IncomingMessage;
			chunks: Buffer[];
			outgoing: ServerResponse;
		}
	): Promise<void> {
		this.asked.push(path);
		await this.#held.get(path);
		if (path === '/service-worker.js' && this.isNewVersion) chunks.push(Buffer.from('\n// next'));
		const headers = { ...answer.headers };
		delete headers['content-length'];
		delete headers['transfer-encoding'];
		outgoing.writeHead(answer.statusCode ?? 502, headers).end(Buffer.concat(chunks));
	}

	async open(): Promise<string> {
		this.#server.listen(0, '127.0.0.1');
		await once(this.#server, 'listening');
		return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
	}

	/** How many answers of this address the hub has given, held ones included. */
	count(path: string): number {
		return this.asked.filter((each) => each === path).length;
	}

	/** From now on no answer of this address goes through. */
	hold(path: string): void {
		this.#held.set(path, new Promise((resolve) => this.#release.set(path, resolve)));
	}

	release(path: string): void {
		this.#release.get(path)?.();
		this.#held.delete(path);
	}

	close(): void {
		for (const release of this.#release.values()) release();
		this.#server.closeAllConnections();
		this.#server.close();
	}
}

/** The desk's first visit, after which its service worker answers for it. */
async function visitOnce(context: BrowserContext, address: string): Promise<void> {
	const page = await context.newPage();
	await page.goto(address);
	await expect(page.locator('h1')).toBeVisible();
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
	await page.reload();
	await expect(page.locator('h1')).toBeVisible();
	await page.close();
}

/** A tab of the desk that counts how often it was loaded. */
async function openTab(context: BrowserContext, address: string) {
	const page = await context.newPage();
	await page.goto(address);
	await expect(page.locator('h1')).toBeVisible();
	const tab = { page, loads: 0 };
	page.on('load', () => (tab.loads += 1));
	return tab;
}

async function bringUpdate(page: Page): Promise<void> {
	await page.evaluate(() =>
		navigator.serviceWorker.ready.then((own) => own.update()).then(() => {})
	);
}

/** Asks for the new version. Whoever waits for a round to end is in the line for its lock. */
async function askForUpdate(page: Page, inLine: number): Promise<void> {
	await page.getByRole('button', { name: 'Reload' }).click();
	const waiting = () =>
		page.evaluate(async () => {
			const { pending = [] } = await navigator.locks.query();
			return pending.filter(({ name }) => name === 'keyferry-round').length;
		});
	await expect.poll(waiting).toBe(inLine);
}

test('[SY7] an update waits for the answer to what was sent, and each tab reloads once', async ({
	context,
	hub,
	demo
}) => {
	const gate = new Gate(hub.address);
	const address = await gate.open();
	try {
		await visitOnce(context, address);
		// This tab came first, so it is the one that syncs.
		const work = await openDesk(context, address);
		gate.hold('/v1/activations');
		const [first, second] = await makeRequests(work, demo.licenses[1]!.key, ['in-flight', 'next']);
		const submit = (jti: string) =>
			work.evaluate((jti) => void globalThis.desk.submitRequests([jti]), jti);
		await work.evaluate(() => void globalThis.desk.startSync());
		await submit(first!);
		await expect.poll(() => gate.count('/v1/activations')).toBe(1);

		const tabs = [await openTab(context, address), await openTab(context, address)];
		gate.isNewVersion = true;
		await bringUpdate(tabs[0]!.page);
		const banner = (page: Page) => page.getByText('A new version is ready.');
		for (const [at, { page }] of tabs.entries()) {
			await expect(banner(page)).toBeVisible();
			await askForUpdate(page, at + 1);
		}
		expect(tabs.map(({ loads }) => loads)).toEqual([0, 0]);
		expect(await countStates(work)).toEqual({ draft: 1, queued: 1 });

		gate.release('/v1/activations');
		for (const tab of tabs) {
			await expect.poll(() => tab.loads).toBe(1);
			await expect(tab.page.locator('h1')).toBeVisible();
			await expect(banner(tab.page)).toBeHidden();
		}
		// Nobody keeps the next round waiting.
		await submit(second!);
		await expect.poll(() => countStates(work)).toEqual({ granted: 2 });
		expect(tabs.map(({ loads }) => loads)).toEqual([1, 1]);
	} finally {
		gate.close();
	}
});

test('[SY5] [SY7] an update during a first sync and a push cuts neither: one reload, nothing lost, nothing twice', async ({
	browser
}) => {
	const size = { customers: 2, licenses: 3000, machines: 4 };
	const hub = await startSeededHub(size);
	const context = await browser.newContext();
	const gate = new Gate(hub.address);
	const address = await gate.open();
	const labels = ['one', 'two', 'three'];
	const license = hub.demo.licenses.find(({ seats }) => seats === 25)!;
	const [push, pull] = ['/rpc/sync.push', '/rpc/sync.pull'];
	try {
		await visitOnce(context, address);
		const work = await openDesk(context, address);
		await signIn(work, hub.demo, 'staff');
		const jtis = await makeRequests(work, license.key, labels);
		await work.evaluate((jtis) => globalThis.desk.submitRequests(jtis), jtis);
		gate.hold(push);
		await work.evaluate(() => void globalThis.desk.startSync());
		await expect.poll(() => gate.count(push)).toBe(1);

		const tab = await openTab(context, address);
		gate.isNewVersion = true;
		await bringUpdate(tab.page);
		await askForUpdate(tab.page, 1);
		expect(tab.loads).toBe(0);

		// The push has its answer; the first sync comes to its second page and no further.
		gate.hold(pull);
		gate.release(push);
		await expect.poll(() => gate.count(pull)).toBe(1);
		gate.release(pull);
		gate.hold(pull);
		await expect.poll(() => gate.count(pull)).toBe(2);
		await expect.poll(() => countStates(work)).toEqual({ granted: 3 });
		const mirrored = () => work.evaluate(() => globalThis.desk.countLicenses());
		await expect.poll(mirrored).toBeGreaterThan(0);
		const part = await mirrored();
		expect(tab.loads).toBe(0);

		gate.release(pull);
		await expect.poll(() => tab.loads).toBe(1);
		// The round that the update waited for was the whole of it.
		const whole = hub.demo.licenses.length + size.customers * size.licenses;
		expect(part).toBeLessThan(whole);
		expect(await mirrored()).toBe(whole);
		const facts = await work.evaluate(async () => ({
			waiting: (await globalThis.desk.waitingCommands()).length,
			firstSync: await globalThis.desk.readState('firstSync')
		}));
		expect(facts).toEqual({ waiting: 0, firstSync: undefined });
		expect(gate.count(push)).toBe(1);

		// A desk that was never interrupted sees the same, each machine once.
		const fresh = await openDesk(await browser.newContext(), hub.address);
		await signIn(fresh, hub.demo, 'staff');
		await fresh.evaluate(() => void globalThis.desk.startSync());
		const rows = (page: Page) =>
			page.evaluate(async () => {
				const { mirroredActivations, mirroredLicenses } = globalThis.desk;
				const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1);
				const licenses = (await mirroredLicenses.first(1e6)).sort(byId);
				return {
					// Where a desk keeps the key is its own affair.
					licenses: licenses.map(({ keysIn: _, key: __, ...row }) => row),
					activations: (await mirroredActivations.first(1e6)).sort(byId)
				};
			});
		await expect
			.poll(async () => (await fresh.evaluate(() => globalThis.desk.readSync())).syncedAt)
			.toBeTruthy();
		const theirs = await rows(fresh);
		expect(await rows(work)).toEqual(theirs);
		expect(theirs.activations.filter(({ request }) => jtis.includes(request))).toHaveLength(3);
		await fresh.context().close();
		expect(tab.loads).toBe(1);
	} finally {
		gate.close();
		await context.close();
		await hub.stop();
	}
});
