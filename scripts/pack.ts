/**
 * `npm run pack`: what is published, as tarballs in `dist/pack`: `keyferry` (command line, hub, desk)
 * and `@keyferry/sdk` (what a licensed product embeds).
 *
 * `--only keyferry|sdk` makes one of them, `--out DIR` says where.
 *
 * @module
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readOptions } from './options.ts';
import { stageKeyferry } from './pack/keyferry.ts';
import { stageSdk } from './pack/sdk.ts';
import { root } from './root.ts';

const stages = { keyferry: stageKeyferry, sdk: stageSdk };

const { values } = readOptions({
	options: {
		only: { type: 'string' },
		out: { type: 'string', default: join(root, 'dist/pack') }
	}
});

/** Stages the package beside its tarball, for looking at, and packs it. */
async function pack(name: keyof typeof stages, out: string): Promise<void> {
	const folder = join(out, name);
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	await stages[name](folder);
	const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
	const done = spawnSync(npm, ['pack', folder, '--pack-destination', out, '--json'], {
		cwd: root,
		encoding: 'utf8',
		shell: npm === 'npm.cmd'
	});
	if (done.status !== 0) throw new Error(`npm could not pack ${name}: ${done.stderr.trim()}`);
	const [{ filename } = { filename: '' }] = JSON.parse(done.stdout) as { filename: string }[];
	const tarball = join(out, filename);
	console.log(`${tarball}  ${(statSync(tarball).size / 1e6).toFixed(2)} MB`);
}

try {
	const names = Object.keys(stages) as (keyof typeof stages)[];
	const wanted = names.filter((name) => (values.only ?? name) === name);
	if (wanted.length === 0) throw new Error(`There is no package ${values.only}.`);
	for (const name of wanted) await pack(name, resolve(values.out));
} catch (cause) {
	console.error(cause instanceof Error ? cause.message : cause);
	process.exitCode = 1;
}
