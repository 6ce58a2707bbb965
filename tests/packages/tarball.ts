/**
 * A package as `npm run pack` makes it, installed into an empty folder without a network: what it
 * depends on is packed from this checkout's own packages.
 *
 * @module
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { otherNode } from '../../scripts/kit-node.ts';

export const root = resolve(import.meta.dirname, '../..');

export type Installed = {
	/** The empty folder that it was installed into. */
	folder: string;
	tarball: string;
	clear: () => void;
};

/** @param dependencies - Names of packages that lie in `node_modules` here. */
export function install(name: 'keyferry' | 'sdk', dependencies: readonly string[] = []): Installed {
	const home = mkdtempSync(join(tmpdir(), 'keyferry-package-'));
	const folder = join(home, 'empty');
	mkdirSync(folder);
	const pack = ['scripts/pack.ts', '--only', name, '--out', home];
	const [tarball = ''] = execFileSync(process.execPath, pack, {
		cwd: root,
		encoding: 'utf8'
	}).split(/ {2}/);
	const others = dependencies.map((each) => {
		const args = ['pack', join(root, 'node_modules', each), '--ignore-scripts', '--silent'];
		return join(home, npm([...args, '--pack-destination', home], folder).trim());
	});
	writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
	npm(['install', '--offline', '--engine-strict=false', tarball, ...others], folder);
	return { folder, tarball, clear: () => rmSync(home, { recursive: true, force: true }) };
}

function npm(args: string[], cwd: string): string {
	const windows = process.platform === 'win32';
	return execFileSync(windows ? 'npm.cmd' : 'npm', args, { cwd, encoding: 'utf8', shell: windows });
}

/** What a checker of packages says of a tarball: nothing where all is well. */
export function complaints(checker: 'publint' | 'attw', args: readonly string[]): string {
	const bin = join(root, 'node_modules/.bin', checker);
	const { status, stdout, stderr } = spawnSync(bin, args, { encoding: 'utf8' });
	return status === 0 ? '' : stdout + stderr;
}

/** Nodes that a package promises to run on: each by name, and how to get at it. */
export const nodes = {
	'20.0': () => otherNode('20.0.0'),
	'22.18': () => otherNode('22.18.0'),
	'this one': () => process.execPath
};
export type NodeName = keyof typeof nodes;

/** Its executable, or why there is none here. */
export function findNode(name: NodeName): { node: string } | { missing: string } {
	try {
		return { node: nodes[name]() };
	} catch (cause) {
		return { missing: (cause as Error).message };
	}
}
