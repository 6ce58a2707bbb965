/**
 * Packages that only tests need and only where the machine has nothing of the kind: fetched at pinned
 * versions into `.cache/`, so that neither `npm start` nor the project's own packages carry them.
 *
 * @module
 */

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.ts';

/** The folder where this tool's packages are, fetched now unless they are there already. */
export function testTool(name: 'chromium' | 'postgres'): string {
	const source = join(root, 'scripts/test-tools', name);
	const folder = join(root, '.cache/test-tools', name);
	const stamp = join(folder, 'installed');
	const lock = readFileSync(join(source, 'package-lock.json'), 'utf8');
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return folder;

	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	cpSync(source, folder, { recursive: true });
	const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
	const done = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
		cwd: folder,
		encoding: 'utf8',
		shell: npm === 'npm.cmd'
	});
	if (done.status !== 0) throw new Error(`npm could not fetch it: ${done.stderr.trim()}`);
	writeFileSync(stamp, lock);
	return folder;
}
