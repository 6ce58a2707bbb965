/**
 * A desk whose mirror holds 100,000 licenses and 300,000 activations, put there by its own database, in a profile that keeps
 * the service worker: what is measured on it needs no hub.
 *
 * @module
 */
import type { BrowserContext, Page } from '@playwright/test';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeLicenseNumber } from '#lib/domain/licenses/license-number.ts';
import { buildDesk } from '../scripts/build-desk.ts';
import { openDesk } from '../tests/e2e/desk-page.ts';
import { startHub } from '../tests/fixtures/running-hub.ts';
import { openProfile } from './chromium.ts';

const LICENSES = 100_000;
const CUSTOMERS = 400;
/** Three of each license. */
const MACHINES = 300_000;

export type FilledDesk = {
	address: string;
	/** Number of a license in the middle. */
	number: string;
	context: BrowserContext;
	/** Closes the browser and opens the same profile again. */
	reopen: () => Promise<BrowserContext>;
	close: () => Promise<void>;
};

export async function openFilledDesk(): Promise<FilledDesk> {
	buildDesk('desk');
	const hub = await startHub();
	const profile = mkdtempSync(join(tmpdir(), 'keyferry-profile-'));
	let context = await openProfile(profile);
	const visit = await context.newPage();
	await visit.goto(hub.address);
	await visit.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
	await visit.close();
	const calls = await openDesk(context, hub.address);
	const numbers = Array.from({ length: LICENSES }, () => makeLicenseNumber(randomBytes(11)));
	await calls.evaluate(fill, { numbers, customers: CUSTOMERS, machines: MACHINES });
	await calls.close();
	// From here on there is no hub.
	await hub.end();
	return {
		address: hub.address,
		number: numbers[LICENSES / 2]!,
		context,
		reopen: async () => {
			await context.close();
			return (context = await openProfile(profile));
		},
		close: async () => {
			await context.close();
			rmSync(profile, { recursive: true, force: true });
			await hub.stop();
		}
	};
}

/** The whole list has been read into memory once it can say that nothing is called so. */
export async function waitForAll(page: Page): Promise<void> {
	const field = page.getByRole('searchbox').first();
	await field.fill('no license is called so');
	await page
		.getByRole('heading', { name: /No matches on this device|No matching (license|activation)/ })
		.waitFor({
			timeout: 120_000
		});
	await field.fill('');
	await field.focus();
}

/** Runs on the desk's page. */
async function fill(size: { numbers: string[]; customers: number; machines: number }) {
	const { foldMirror, mirrorTables, relaxed, storeMirrored } = globalThis.desk;
	type Rows = Parameters<typeof storeMirrored>[1];
	/** As a page of a first sync. */
	const store = (licenses: Rows['licenses'], activations: Rows['activations']) =>
		relaxed.transaction('rw', mirrorTables(relaxed), async () =>
			storeMirrored(relaxed, { licenses, activations })
		);
	const id = (kind: number, n: number) =>
		`0000000${kind}-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
	/** One after the other, as a hub sends them. */
	const customerOf = (license: number) =>
		Math.floor((license * size.customers) / size.numbers.length);
	const titles = ['Atlas Server', 'Harbor Backup', 'Delta Tool', 'Meridian Modeler'];
	const editions = ['Standard', 'Professional', 'Enterprise'];
	for (let at = 0; at < size.numbers.length; at += 1000) {
		const rows = Array.from({ length: 1000 }, (_, step) => {
			const n = at + step;
			return {
				id: id(1, n),
				customerId: id(2, customerOf(n)),
				customer: `Example Works ${customerOf(n)}`,
				number: size.numbers[n],
				product: 'atlas',
				title: titles[n % titles.length],
				edition: editions[n % editions.length],
				entitlements: ['dataflow', 'reporting'],
				seats: 5,
				counts: { active: n % 7 === 0 ? 0 : 3, reserved: 0, cooling: n % 4 },
				versions: { from: 8, to: 9 },
				maintainedUntil: 1_700_000_000 + n * 1000,
				expiresAt: n % 5 === 0 ? 1_790_000_000 + n * 900 : undefined,
				suspendedAt: n % 50 === 0 ? 1_700_000_000 : undefined,
				virtualMachines: true,
				givenFingerprints: false,
				contact: 'licensing@example.com',
				revision: n
			};
		});
		await store(rows as never, []);
	}
	for (let at = 0; at < size.machines; at += 1000) {
		const rows = Array.from({ length: 1000 }, (_, step) => {
			const n = at + step;
			const license = n % size.numbers.length;
			return {
				id: id(3, n),
				customerId: id(2, customerOf(license)),
				licenseId: id(1, license),
				label: `rack-${String(n).padStart(5, '0')}`,
				name: 'Demo Person',
				generation: 1,
				state: license % 7 === 0 ? ('retired' as const) : ('active' as const),
				grantedAt: 1_700_000_000,
				request: id(4, n),
				parts: [`part-${n}`],
				revision: n
			};
		});
		await store([], rows);
	}
	await foldMirror(relaxed, async () => true);
	await relaxed.customers.bulkPut(
		Array.from({ length: size.customers }, (_, n) => {
			return { customerId: id(2, n), name: `Example Works ${n}` };
		})
	);
}
