/**
 * A hub on a network of its own: TLS by the local authority of `keyferry init --tls`, on a name that
 * only that network knows, in a browser that trusts this one authority.
 */

import { chromium, expect, test, type BrowserContext } from '@playwright/test';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRefusal } from '#lib/domain/refusal.ts';
import { readFile } from '#lib/formats/file.ts';
import { encodeQr } from '#lib/formats/qr.ts';
import { startHub, type RunningHub } from '../../fixtures/running-hub.ts';
import { Camera } from '../camera.ts';
import { pictureOfCode } from '../picture.ts';
import { openAt } from '../open-at.ts';
import { KEYFERRY } from '../../fixtures/program.ts';

const NAME = 'keys.example.internal';
// Its help ends with an error code, so what it says is what tells.
const hasCertutil = /trust/i.test(String(spawnSync('certutil', ['-H']).output));

let home: string;
let hub: RunningHub;
let camera: Camera;

test.beforeAll(async () => {
	home = mkdtempSync(join(tmpdir(), 'keyferry-tls-'));
	const data = join(home, 'data');
	const args = ['init', '--data', data, '--root-out', join(home, 'root.json')];
	execFileSync(process.execPath, [KEYFERRY, ...args, '--tls', '--host', NAME]);
	hub = await startHub({ data, address: (port) => `https://localhost:${port}` });
	camera = new Camera(join(home, 'camera.y4m'));
});

test.afterAll(async () => {
	await hub.stop();
	rmSync(home, { recursive: true, force: true });
});

/** A profile that trusts the authority by its certificate, as an administrator would install it. */
function trustByStore(): { env: Record<string, string>; switches: string[] } {
	const store = join(home, '.pki/nssdb');
	mkdirSync(store, { recursive: true });
	const database = ['-d', `sql:${store}`];
	execFileSync('certutil', [...database, '-N', '--empty-password']);
	const authority = join(hub.data, 'tls/ca.crt');
	execFileSync('certutil', [...database, '-A', '-t', 'C,,', '-n', 'Keyferry', '-i', authority]);
	return { env: { HOME: home }, switches: [] };
}

/** A browser that takes the one key of the server's certificate, and no other, as good. */
function trustByPinnedKey(): { env: Record<string, string>; switches: string[] } {
	const certificate = new X509Certificate(readFileSync(join(hub.data, 'tls/server.crt')));
	const spki = certificate.publicKey.export({ type: 'spki', format: 'der' });
	const pin = createHash('sha256').update(spki).digest('base64');
	return { env: {}, switches: [`--ignore-certificate-errors-spki-list=${pin}`] };
}

type LaunchOptions = NonNullable<Parameters<typeof chromium.launchPersistentContext>[1]>;

async function open(
	options: LaunchOptions,
	trust: { env: Record<string, string>; switches: string[] }
): Promise<BrowserContext> {
	return chromium.launchPersistentContext(join(home, 'profile'), {
		...options,
		env: { ...process.env, ...trust.env },
		permissions: ['camera'],
		args: [
			...(options.args ?? []),
			...camera.switches,
			...trust.switches,
			`--host-resolver-rules=MAP ${NAME} 127.0.0.1`
		]
	});
}

const how = hasCertutil
	? 'in its trust store'
	: 'by the pinned key of its certificate (there is no certutil here)';

test('[SY7] a browser that does not trust the authority shows nothing, and told to go on it says that it keeps nothing', async ({
	launchOptions
}) => {
	const options = { ...launchOptions, args: [...(launchOptions.args ?? [])] };
	const rules = `--host-resolver-rules=MAP ${NAME} 127.0.0.1`;
	const browser = await chromium.launch({ ...options, args: [...options.args, rules] });
	try {
		const page = await browser.newPage();
		const visit = page.goto(`https://${NAME}:${hub.port}`);
		await expect(visit).rejects.toThrow(/ERR_CERT_AUTHORITY_INVALID/);

		// Whoever goes on all the same gets the desk, as long as the hub is there.
		const careless = await browser.newPage({ ignoreHTTPSErrors: true, locale: 'en-GB' });
		await careless.goto(`https://${NAME}:${hub.port}`);
		await expect(careless.getByText('Here the app does not open without the server')).toBeVisible();
		await expect(careless.getByText('Something went wrong')).toHaveCount(0);
	} finally {
		await browser.close();
	}
});

test(`a desk served under a local authority, trusted ${how}, installs, scans and works offline`, async ({
	launchOptions
}) => {
	const trust = hasCertutil ? trustByStore() : trustByPinnedKey();
	const context = await open(launchOptions, trust);
	try {
		const address = `https://${NAME}:${hub.port}`;
		const page = await context.newPage();
		await page.goto(address);
		expect(await page.evaluate(() => isSecureContext)).toBe(true);
		await page.evaluate(async () => {
			await Promise.race([
				navigator.serviceWorker.ready,
				new Promise((_, fail) => setTimeout(() => fail(new Error('no service worker')), 60_000))
			]);
		});

		const session = await context.newCDPSession(page);
		const manifest = await session.send('Page.getAppManifest');
		expect(manifest.errors).toEqual([]);
		expect(JSON.parse(manifest.data ?? '{}')).toMatchObject({
			name: 'Keyferry',
			display: 'standalone'
		});
		const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
		// A profile of a test counts as one that is not kept.
		const errors = installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito');
		expect(errors).toEqual([]);

		const [license] = hub.demo.licenses;
		const key = readFile(license!.key);
		if (isRefusal(key)) throw new Error('the demo license key cannot be read');
		camera.show([key.key!, key.body].flatMap(encodeQr).map((code) => pictureOfCode(code, 4)));
		await openAt(page, '/import', address);
		await page.getByRole('button', { name: /scan/i }).first().click();
		const row = page.getByText('License key').first();
		await expect(row).toBeAttached();
		// Whole once the code of the hub key has been seen too, whichever of the two came first.
		await expect(page.getByText('Damaged')).toHaveCount(0);
		await page.getByRole('button', { name: 'Done' }).click();
		await expect(row).toBeVisible();

		await hub.end();
		await context.setOffline(true);
		const cold = await context.newPage();
		await openAt(cold, '/import', address);
		await expect(cold.getByRole('heading', { level: 1 })).toBeVisible();
		await cold.reload();
		await expect(cold.getByRole('heading', { level: 1 })).toBeVisible();
	} finally {
		await context.close();
	}
});
