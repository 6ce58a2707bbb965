/**
 * The whole way by file, with a desk as the ferry. That the one-file desk makes the request in the gap
 * itself is shown in `kit.spec.ts`; `keyferry submit` as the ferry, in `tests/journeys/gap.test.ts`.
 */

import type { BrowserContext, Locator } from '@playwright/test';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { noGap } from '../../fixtures/gap.ts';
import { setUpMachineInGap } from '../../journeys/gap-machine.ts';
import type { Demo, RunningHub } from '../../fixtures/running-hub.ts';
import { expect, test } from '../fixtures.ts';
import { openAt } from '../open-at.ts';
import { signInAs } from '../signing-in.ts';

const LOCKED = /\(ENTITLEMENT_MISSING\)/g;

/** The one visit, signed in: from then on everything of the desk is on this device. */
async function visitOnce(context: BrowserContext, hub: RunningHub, demo: Demo): Promise<void> {
	const page = await context.newPage();
	await signInAs(page, hub, 'manager');
	await openAt(page, '/licenses', hub.address);
	await expect(page.getByText(demo.licenses[0]!.number).first()).toBeAttached();
	await page.close();
}

/** Texts stand twice where a wide and a narrow screen place them differently. */
function seen(locator: Locator): Locator {
	return locator.locator('visible=true').first();
}

test('[O1, O2, O3, K4] from the gap by stick to a desk that is offline, on to the hub, and back: exactly the entitled functions open @journey', async ({
	context,
	hub,
	demo
}) => {
	const reason = noGap();
	test.skip(reason !== undefined, reason);
	const license = demo.licenses.find(({ product }) => product === 'atlas-server')!;
	const inside = await setUpMachineInGap(hub.roots);
	const stick = mkdtempSync(join(tmpdir(), 'keyferry-stick-'));
	try {
		await visitOnce(context, hub, demo);
		await context.setOffline(true);

		// Inside: the machine says what it is, everything is locked, and Unlock writes the request.
		const fingerprint = await inside.keyferry('fingerprint');
		expect(fingerprint, fingerprint.stderr).toMatchObject({ code: 0 });
		expect(fingerprint.stdout).toMatch(/^KFFP1/);
		const before = await inside.app('1', '2', '3', '4', 's', 'q');
		expect(before.stdout.match(LOCKED)).toHaveLength(4);
		expect(before.stdout.match(/✗ locked/g)).toHaveLength(4);
		expect(before.stdout).toContain('Nothing is activated on this machine.');
		const key = license.key.trimEnd().split('\n');
		const asked = await inside.app('u', 'Ada Example', 'Example GmbH', ...key, 's', 'q');
		expect(asked.stdout).toContain('The activation request is ready');
		const [request = ''] = inside.files('.kfreq');
		copyFileSync(join(inside.work, request), join(stick, request));

		// Outside, with no network: taken in, explained, put into the queue.
		const desk = await context.newPage();
		await openAt(desk, '/import', hub.address);
		const picker = desk.locator('input[type=file]:not([webkitdirectory])').first();
		await picker.setInputFiles(join(stick, request));
		const row = desk.getByRole('main').getByRole('listitem');
		await expect(row).toHaveCount(1);
		await expect(row).toContainText('Ready to submit');
		await row.locator('summary').click();
		const { number } = license;
		for (const said of ['Activation request', 'Atlas Server', hostname(), 'Example GmbH', number])
			await expect(seen(row.getByText(said, { exact: true }))).toBeVisible();
		await expect(seen(row.locator('time'))).toBeVisible();
		for (const said of ['Created', 'Ada Example', request])
			await expect(seen(row.getByText(said, { exact: true }))).toBeVisible();
		await desk.getByRole('button', { name: 'Submit 1' }).click();
		await expect(row).toContainText('Waiting for the server');
		await desk.close({ runBeforeUnload: false });

		// Started again, still offline: the request waits. Then the network comes, and the answer by itself.
		const later = await context.newPage();
		await openAt(later, '/requests', hub.address);
		const main = later.getByRole('main');
		await expect(seen(main.getByText('Waiting for the server', { exact: true }))).toBeVisible();
		await expect(later.getByRole('button', { name: /^Save .*answer/ })).toHaveCount(0);
		await context.setOffline(false);
		await expect(seen(main.getByText('Granted', { exact: true }))).toBeVisible();
		const [download] = await Promise.all([
			later.waitForEvent('download'),
			later.getByRole('button', { name: 'Save 1 answer' }).click()
		]);
		const answer = download.suggestedFilename();
		expect(answer).toBe(request.replace(/kfreq$/, 'kfact'));
		await download.saveAs(join(stick, answer));

		// Inside again.
		copyFileSync(join(stick, answer), join(inside.work, answer));
		const after = await inside.app('l', answer, '1', '2', '3', '4', 's', 'q');
		expect(after.stdout).toContain('✓ Atlas Server is activated.');
		expect(after.stdout).toContain('Unlocked: Dataflow, Workflow\n  Locked: Subflow, Reports');
		expect(after.stdout).toContain('sum → 63');
		expect(after.stdout).toContain('step 3: publish done');
		expect(after.stdout.match(LOCKED)).toHaveLength(2);
		for (const line of [
			/State +✓ active/,
			new RegExp(`License +${license.number}`),
			new RegExp(`Seats +${license.seats}; this machine holds one`),
			/Clients +\S/,
			/Entitlements +dataflow, workflow\n/,
			/Versions +\d+ to \d+/,
			/Maintenance till +\S/,
			/Expires +\S/,
			/Activated for +Ada Example, Example GmbH/,
			new RegExp(`Activated on +${hostname()}, file 1 of`)
		])
			expect(after.stdout).toMatch(line);
		// Another start of the app, nothing loaded: what is open stays open.
		expect((await inside.app('q')).stdout.match(/✓ open/g)).toHaveLength(2);
	} finally {
		inside.remove();
		rmSync(stick, { recursive: true, force: true });
	}
});
