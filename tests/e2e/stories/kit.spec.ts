import { chromium } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { folderInGap, inGap, noGap } from '../../fixtures/gap.ts';
import { fillActivate } from '../activate-form.ts';
import { expect, test } from '../fixtures.ts';
import { openAt } from '../open-at.ts';
import { KEYFERRY } from '../../fixtures/program.ts';

const root = resolve(import.meta.dirname, '../../..');

/** A program that starts the browser where there is no network interface but the loopback, down. */
function launcherInGap(folder: string, executable: string): string {
	const launcher = join(folder, 'chromium-in-gap');
	writeFileSync(launcher, `#!/bin/sh\nexec unshare -cn "${executable}" "$@"\n`);
	chmodSync(launcher, 0o755);
	return launcher;
}

test('[O10] in the gap, the desk of the kit makes the request and the command line loads the answer @journey', async ({
	hub,
	demo,
	launchOptions
}) => {
	const reason = noGap();
	test.skip(reason !== undefined, reason);
	const home = mkdtempSync(join(tmpdir(), 'keyferry-kit-'));
	const stick = folderInGap('stick');
	const license = demo.licenses.find(({ seats }) => seats >= 10)!;
	try {
		const made = ['scripts/kit.ts', '--data', hub.data, '--out', join(home, 'kit')];
		execFileSync(process.execPath, made, { cwd: root });
		cpSync(join(home, 'kit'), stick, { recursive: true });
		const keyferry = (...args: string[]) =>
			inGap(join(stick, 'keyferry'), args, {
				cwd: stick,
				env: { KEYFERRY_STATE: join(stick, 'state') }
			});

		const [code = ''] = (await keyferry('fingerprint')).stdout.split('\n');
		expect(code).toMatch(/^KFFP1/);

		const executablePath = launcherInGap(
			home,
			launchOptions.executablePath ?? chromium.executablePath()
		);
		const browser = await chromium.launch({ ...launchOptions, executablePath });
		try {
			const page = await browser.newPage();
			const asked: string[] = [];
			page.on('request', (request) => asked.push(new URL(request.url()).protocol));
			await openAt(page, '/activate', pathToFileURL(join(stick, 'desk.html')).href);
			await fillActivate(page, {
				license: license.number,
				code,
				label: 'rack-07',
				name: 'Ada Example',
				organization: 'Example GmbH'
			});
			await page.getByRole('button', { name: 'Make request' }).click();
			const download = page.waitForEvent('download');
			await page.getByRole('button', { name: /^Save file/ }).click();
			const file = await download;
			const request = join(home, file.suggestedFilename());
			await file.saveAs(request);
			expect(file.suggestedFilename()).toMatch(/^rack-07_.*\.kfreq$/);

			const ferry = ['submit', request, '--hub', hub.address, '--token', demo.token];
			execFileSync(process.execPath, [KEYFERRY, ...ferry]);
			const answer = request.replace(/kfreq$/, 'kfact');
			cpSync(answer, join(stick, 'answer.kfact'));

			await openAt(page, '/import', pathToFileURL(join(stick, 'desk.html')).href);
			await page.locator('input[type=file]:not([webkitdirectory])').first().setInputFiles(answer);
			await expect(page.getByText(/^Activation/).first()).toBeVisible();
			await expect(page.getByText('Damaged')).toHaveCount(0);
			expect(new Set(asked).difference(new Set(['file:', 'blob:', 'data:']))).toEqual(new Set());
		} finally {
			await browser.close();
		}
		expect(await keyferry('load', 'answer.kfact')).toMatchObject({ code: 0 });
		expect((await keyferry('status')).stdout).toContain(license.number);
	} finally {
		rmSync(home, { recursive: true, force: true });
		rmSync(resolve(stick, '..'), { recursive: true, force: true });
	}
});
