/**
 * Opens a page of the hub's own origin that holds the desk's calls and no screens.
 *
 * @module
 */

import type { BrowserContext, Page } from '@playwright/test';
import { build } from 'esbuild';
import { join } from 'node:path';
import type { Demo } from '../fixtures/running-hub.ts';

const PATH = '/desk-without-screens';

let bundled: Promise<string> | undefined;

function bundle(): Promise<string> {
	bundled ??= build({
		entryPoints: [join(import.meta.dirname, 'desk-calls.ts')],
		bundle: true,
		write: false,
		format: 'esm',
		platform: 'browser',
		conditions: ['browser'],
		define: { __ONE_FILE__: 'false', 'import.meta.env.DEV': 'false' },
		logLevel: 'silent'
	}).then(({ outputFiles }) => outputFiles[0]!.text);
	return bundled;
}

/** A desk on a page of this context: the same profile, so the same database. */
export async function openDesk(context: BrowserContext, address: string): Promise<Page> {
	const page = await context.newPage();
	const script = (await bundle()).replaceAll('</script', '<\\/script');
	await page.route(`${address}${PATH}`, (route) =>
		route.fulfill({
			contentType: 'text/html; charset=utf-8',
			body: `<!doctype html><title>desk</title><script type="module">${script}</script>`
		})
	);
	await page.goto(`${address}${PATH}`);
	await opened(page);
	return page;
}

/** As the desk's pages do: whoever signs in or out sees another desk. [PE5] */
export async function loadAnew(page: Page): Promise<void> {
	await page.reload();
	await opened(page);
}

async function opened(page: Page): Promise<void> {
	await page.waitForFunction(() => 'desk' in globalThis);
	await page.evaluate(() => globalThis.desk.openDatabase(() => {}));
}

export async function signOut(page: Page, options?: { remove: boolean }): Promise<void> {
	await page.evaluate((options) => globalThis.desk.signOut(options), options);
	await loadAnew(page);
}

export async function signIn(page: Page, demo: Demo, role: string): Promise<void> {
	const user = demo.users.find((candidate) => candidate.role === role);
	if (!user) throw new Error(`no demo user is ${role}`);
	const answer = await page.evaluate(
		({ email, password }) => globalThis.desk.signIn(email, password, { adopt: true }),
		user
	);
	if ('refused' in answer) throw new Error(answer.refused);
	await loadAnew(page);
}

/** Makes requests on a desk, one for each label, by license key. @returns Their `jti`s. */
export function makeRequests(
	page: Page,
	key: string,
	labels: readonly string[],
	name = 'Demo Person'
): Promise<string[]> {
	return page.evaluate(
		async ({ key, labels, name }) => {
			const { isRefused } = {
				isRefused: (value: object): value is { refused: string } & object => 'refused' in value
			};
			const license = await globalThis.desk.readLicenseChoice(key);
			if (isRefused(license)) throw new Error(license.refused);
			const jtis: string[] = [];
			for (const label of labels) {
				const machine = await globalThis.desk.machineGiven(label);
				const row = await globalThis.desk.composeRequest({
					license,
					machine,
					name,
					label
				});
				if (isRefused(row)) throw new Error(row.refused);
				jtis.push(row.jti);
			}
			return jtis;
		},
		{ key, labels: [...labels], name }
	);
}

/** How many of each state the desk's requests are in. */
export function countStates(page: Page): Promise<Record<string, number>> {
	return page.evaluate(async () => {
		const counts: Record<string, number> = {};
		for (const { state } of await globalThis.desk.listRequests())
			counts[state] = (counts[state] ?? 0) + 1;
		return counts;
	});
}
