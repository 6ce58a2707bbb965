/**
 * A Chromium for the browser tests, so that neither root nor a system package is needed: the one that
 * the environment names, else the system's, else Playwright's own, else one from an npm package.
 *
 * @module
 */

import { chromium as playwright } from '@playwright/test';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { testTool } from './test-tool.ts';

export type Browser = { executable: string; from: string };

const SYSTEM = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome-stable',
	'/usr/bin/google-chrome',
	'/snap/bin/chromium',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'
];

/** Throws, with the reason, when this machine has none and none can be fetched. */
export function findChromium(): Browser {
	for (const variable of ['KEYFERRY_CHROMIUM', 'PLAYWRIGHT_CHROMIUM']) {
		const named = process.env[variable];
		if (!named) continue;
		if (!existsSync(named)) throw new Error(`${variable} names ${named}, which is not there`);
		return { executable: named, from: variable };
	}
	const system = SYSTEM.find((path) => existsSync(path) && starts(path));
	if (system) return { executable: system, from: 'the system' };
	if (starts(playwright.executablePath())) {
		return { executable: playwright.executablePath(), from: 'Playwright' };
	}
	if (process.platform === 'linux' && process.arch === 'x64') {
		return { executable: packagedChromium(), from: 'the package @sparticuz/chromium' };
	}
	return { executable: playwrightDownload(), from: 'Playwright, fetched now' };
}

function starts(executable: string): boolean {
	if (!existsSync(executable)) return false;
	// Chromium on Windows opens a window for any argument.
	return process.platform === 'win32' || spawnSync(executable, ['--version']).status === 0;
}

/** Unpacks the package's Chromium once, beside it, with the libraries and fonts it brings along. */
function packagedChromium(): string {
	const folder = testTool('chromium');
	const unpacked = join(folder, 'unpacked');
	const launcher = join(unpacked, 'launch');
	if (existsSync(launcher) && starts(launcher)) return launcher;

	const partial = join(folder, 'unpacking');
	rmSync(partial, { recursive: true, force: true });
	rmSync(unpacked, { recursive: true, force: true });
	mkdirSync(partial, { recursive: true });
	const unpack = `import('@sparticuz/chromium').then((chromium) => chromium.default.executablePath())`;
	const done = spawnSync(process.execPath, ['-e', unpack], {
		cwd: folder,
		encoding: 'utf8',
		// The package unpacks into the temporary folder, and its libraries only where it believes to be
		// on a machine without any.
		env: { ...process.env, TMPDIR: partial, AWS_LAMBDA_JS_RUNTIME: 'nodejs24.x' }
	});
	if (done.status !== 0) throw new Error(`Chromium could not be unpacked: ${done.stderr.trim()}`);
	renameSync(partial, unpacked);

	const missing = spawnSync('ldd', [join(unpacked, 'chromium')], { encoding: 'utf8' });
	// Without `ldd` there is no telling, and what the package brings along does no harm.
	const bare = missing.error !== undefined || missing.stdout.includes('not found');
	const lines = ['#!/bin/sh', 'here=$(dirname "$(readlink -f "$0")")'];
	if (bare) lines.push('export LD_LIBRARY_PATH="$here/al2023/lib:$LD_LIBRARY_PATH"');
	if (!existsSync('/etc/fonts/fonts.conf')) lines.push('export FONTCONFIG_PATH="$here/fonts"');
	lines.push('exec "$here/chromium" "$@"', '');
	writeFileSync(launcher, lines.join('\n'));
	chmodSync(launcher, 0o755);
	if (!starts(launcher)) throw new Error('the packaged Chromium does not start on this machine');
	return launcher;
}

function playwrightDownload(): string {
	const cli = join(import.meta.dirname, '../node_modules/@playwright/test/cli.js');
	spawnSync(process.execPath, [cli, 'install', 'chromium'], { stdio: 'inherit' });
	const executable = playwright.executablePath();
	if (!starts(executable)) throw new Error("Playwright's own Chromium could not be fetched");
	return executable;
}
