import type { BrowserContext, Page } from '@playwright/test';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startHub } from '../../fixtures/running-hub.ts';
import { expect, test } from '../fixtures.ts';
import { openAt } from '../open-at.ts';

const oneFile = join(import.meta.dirname, '../../../build/one-file/index.html');

/** What the page says is wrong: policy violations, failed scripts, thrown errors. */
function complaintsOf(page: Page): string[] {
	const complaints: string[] = [];
	page.on('pageerror', (error) => complaints.push(error.message));
	page.on('console', (message) => {
		// Without a network, calls that were made fail; that is what these tests are about.
		if (message.type() === 'error' && !/net::ERR_|Failed to fetch/.test(message.text()))
			complaints.push(message.text());
	});
	return complaints;
}

/** The first visit ends when the service worker has everything and the scanner is kept as well. */
async function visitOnce(context: BrowserContext, address: string): Promise<string[]> {
	const page = await context.newPage();
	const complaints = complaintsOf(page);
	await page.goto(address);
	await expect(page.locator('h1')).toBeVisible();
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
	await expect
		.poll(() =>
			page.evaluate(async () => (await (await caches.open('keyferry-scanner')).keys()).length)
		)
		.toBe(1);
	await page.close();
	return complaints;
}

test('[O1] after one visit the desk starts cold with no hub at all, deep links included @journey', async ({
	browser
}) => {
	const hub = await startHub();
	const context = await browser.newContext();
	try {
		expect(await visitOnce(context, hub.address)).toEqual([]);
		await hub.end('SIGKILL');
		for (const path of ['/', '/#/licenses', '/#/requests', '/#/import', '/#/settings']) {
			const page = await context.newPage();
			const complaints = complaintsOf(page);
			await page.goto(`${hub.address}${path}`);
			await expect(page.locator('h1')).toBeVisible();
			expect(complaints).toEqual([]);
			await page.close();
		}
	} finally {
		await context.close();
		await hub.stop();
	}
});

test('[SY7] the service worker answers nothing that belongs to the hub', async ({
	context,
	hub
}) => {
	await visitOnce(context, hub.address);
	const page = await context.newPage();
	await page.goto(hub.address);
	await context.setOffline(true);
	const paths = ['/rpc/session.me', '/auth/get-session', '/v1/openapi.json', '/health/live'];
	const failed = await page.evaluate(
		(paths) =>
			Promise.all(
				paths.map((path) => fetch(path).then(String, (error: unknown) => (error as Error).name))
			),
		[...paths, '/.well-known/jwks.json', '/.well-known/keyferry-roots.json']
	);
	expect(failed).toEqual(Array<string>(6).fill('TypeError'));
	for (const path of ['/v1/openapi.json', '/auth/callback/example']) {
		const opened = await page.goto(`${hub.address}${path}`).catch((error: unknown) => error);
		expect(opened).toBeInstanceOf(Error);
	}
});

test('files from the share sheet wait for the desk, which takes them in once', async ({
	context,
	hub,
	demo
}) => {
	await visitOnce(context, hub.address);
	const page = await context.newPage();
	await page.goto(hub.address);
	await expect(page.locator('h1')).toBeVisible();
	// As the system does it: a form, posted to the address that the manifest names.
	const landed = await page.evaluate(async (key) => {
		const manifest = (await (await fetch('/manifest.webmanifest')).json()) as {
			share_target: { action: string; params: { files: { name: string }[] } };
		};
		const { action, params } = manifest.share_target;
		const form = new FormData();
		form.append(params.files[0]!.name, new File([key], 'shared.kflic.txt'));
		const answer = await fetch(action, { method: 'POST', body: form, redirect: 'follow' });
		return new URL(answer.url).pathname;
	}, demo.licenses[0]!.key);
	expect(landed).toBe('/');
	const kept = () =>
		page.evaluate(async () => (await (await caches.open('keyferry-shared')).keys()).length);
	expect(await kept()).toBe(1);
	await openAt(page, '/import?shared=1', hub.address);
	await expect(page.getByText(demo.licenses[0]!.number).first()).toBeAttached();
	expect(await kept()).toBe(0);
});

test('[O10] the one-file desk works from file://, and reaches for nothing', async ({ context }) => {
	test.skip(!existsSync(oneFile), 'the one-file desk is not built: npm run build');
	const complaints: string[] = [];
	const reached: string[] = [];
	const address = pathToFileURL(oneFile).href;
	for (const path of ['', '#/activate', '#/requests', '#/import', '#/settings']) {
		const page = await context.newPage();
		const said = complaintsOf(page);
		page.on('request', (request) => {
			if (!/^(file|data|blob):/.test(request.url())) reached.push(request.url());
		});
		await page.goto(`${address}${path}`);
		await expect(page.locator('h1')).toBeVisible();
		await expect
			.poll(() => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name)))
			.toContain('keyferry-desk');
		complaints.push(...said);
		await page.close();
	}
	expect(complaints).toEqual([]);
	expect(reached).toEqual([]);
});
