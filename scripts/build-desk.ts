/**
 * Builds the desk, as a folder of files that a hub serves or as the one file that goes into the kit,
 * unless what was built last came from the same sources.
 *
 * @module
 */

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { root } from './root.ts';

export type DeskKind = 'desk' | 'one-file';

const SOURCES = [
	'src',
	'static',
	'package-lock.json',
	'scripts/one-file.js',
	'svelte.config.js',
	'tsconfig.json',
	'vite.config.ts'
];

/** Answers where the built desk is. Throws, after printing what the build said, when it fails. */
export function buildDesk(kind: DeskKind): { folder: string; built: boolean } {
	const folder = join(root, 'build', kind);
	const stamp = join(root, '.cache', `built-${kind}`);
	const sources = hashOfSources();
	const fresh = existsSync(stamp) && readFileSync(stamp, 'utf8') === sources;
	if (fresh && existsSync(join(folder, 'index.html'))) return { folder, built: false };

	rmSync(stamp, { force: true });
	const vite = join(root, 'node_modules/vite/bin/vite.js');
	const done = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
		cwd: root,
		encoding: 'utf8',
		env: { ...process.env, NO_COLOR: '1', KEYFERRY_BUILD: kind === 'one-file' ? 'one-file' : '' }
	});
	if (done.status !== 0) {
		console.error(done.stdout + done.stderr);
		throw new Error(`The desk could not be built (${kind}).`);
	}
	mkdirSync(join(root, '.cache'), { recursive: true });
	writeFileSync(stamp, sources);
	return { folder, built: true };
}

function hashOfSources(): string {
	const hash = createHash('sha256');
	for (const file of SOURCES.flatMap(filesIn)) {
		hash.update(file.replaceAll(sep, '/')).update('\0');
		hash.update(readFileSync(join(root, file))).update('\0');
	}
	return hash.digest('hex');
}

function filesIn(source: string): string[] {
	const path = join(root, source);
	if (!existsSync(path)) return [];
	if (!/^(src|static)$/.test(source)) return [source];
	return readdirSync(path, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && !/\.test\.ts$/.test(entry.name))
		.map((entry) => join(entry.parentPath, entry.name).slice(root.length))
		.sort();
}

if (import.meta.main) {
	const kinds = process.argv.slice(2).filter((kind) => kind === 'desk' || kind === 'one-file');
	try {
		for (const kind of kinds.length > 0 ? kinds : (['desk'] as const)) {
			const started = Date.now();
			const { folder, built } = buildDesk(kind);
			const took = ((Date.now() - started) / 1000).toFixed(1);
			console.log(`${folder}: ${built ? `built in ${took} s` : 'up to date'}`);
		}
	} catch (cause) {
		console.error(cause instanceof Error ? cause.message : cause);
		process.exitCode = 1;
	}
}
