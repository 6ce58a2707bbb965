import {
	createServer,
	request as ask,
	type IncomingMessage,
	type Server,
	type ServerResponse
} from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { countStates, makeRequests, openDesk } from './desk-page.ts';
import { expect, test } from './fixtures.ts';

/** Stands before the hub: can bring out a new version, and can hold an answer back. */
class Gate {
	isNewVersion = false;
	/** Activations that the hub has answered and the desk has not heard of. */
	held = 0;
	#release: () => void = () => {};
	#released: Promise<void> = Promise.resolve();
	readonly #server: Server;

	constructor(hub: string) {
		this.#server = createServer((incoming, outgoing) => {
			const url = new URL(incoming.url ?? '/', hub);
			const headers = { ...incoming.headers, host: url.host, 'accept-encoding': 'identity' };
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
		if (path === '/v1/activations') {
			this.held += 1;
			await this.#released;
		}
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

	hold(): void {
		this.#released = new Promise((resolve) => (this.#release = resolve));
	}

	release(): void {
		this.#release();
	}

	close(): void {
		this.release();
		this.#server.closeAllConnections();
		this.#server.close();
	}
}

test('an update waits for the answer to what was sent, and reloads the page once', async ({
	context,
	hub,
	demo
}) => {
	const gate = new Gate(hub.address);
	const address = await gate.open();
	try {
		const app = await context.newPage();
		await app.goto(address);
		await expect(app.locator('h1')).toBeVisible();
		await app.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
		await app.reload();
		await expect(app.locator('h1')).toBeVisible();
		await app.close();

		// This tab came first, so it is the one that syncs.
		const work = await openDesk(context, address);
		gate.hold();
		const jtis = await makeRequests(work, demo.licenses[1]!.key, ['in-flight']);
		await work.evaluate((jtis) => {
			globalThis.desk.startSync();
			return globalThis.desk.submitRequests(jtis);
		}, jtis);
		await expect.poll(() => gate.held).toBe(1);

		const page = await context.newPage();
		await page.goto(address);
		let loads = 0;
		page.on('load', () => (loads += 1));
		gate.isNewVersion = true;
		await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
		const banner = page.getByText('A new version is ready.');
		await expect(banner).toBeVisible();
		await page.getByRole('button', { name: 'Reload' }).click();
		await page.waitForTimeout(1_500);
		expect(loads).toBe(0);
		expect(await countStates(work)).toEqual({ queued: 1 });

		gate.release();
		await expect.poll(() => loads).toBe(1);
		await expect.poll(() => countStates(work)).toEqual({ granted: 1 });
		await expect(page.locator('h1')).toBeVisible();
		await expect(banner).toBeHidden();
		await page.waitForTimeout(1_500);
		expect(loads).toBe(1);
	} finally {
		gate.close();
	}
});
