/**
 * The Node that goes into a kit: this checkout's own for this system, for others the same version from
 * its npm package.
 *
 * @module
 */

import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { root } from './root.ts';

const system = process.platform === 'win32' ? 'win' : process.platform;
/** As npm's packages of Node name it, for example `linux-x64`. */
export const thisPlatform = `${system}-${process.arch}`;

const { version: own } = JSON.parse(
	readFileSync(join(root, 'node_modules/node/package.json'), 'utf8')
) as { version: string };

/** Puts Node's executable into a folder. @returns Its version. */
export function nodeFor(platform: string, folder: string): string {
	mkdirSync(folder, { recursive: true });
	const name = platform.startsWith('win-') ? 'node.exe' : 'node';
	const target = join(folder, name);
	const source =
		platform === thisPlatform ? join(root, 'node_modules/node') : fetched(platform, own);
	copyFileSync(join(source, 'bin', name), target);
	chmodSync(target, 0o755);
	return own;
}

/** The terms under which Node may be passed on, as a file; not every package of it has them. */
export function nodeLicense(): string {
	const require = createRequire(join(root, 'node_modules/node/package.json'));
	try {
		const own = join(
			dirname(require.resolve(`${packageOf(thisPlatform)}/package.json`)),
			'LICENSE'
		);
		if (existsSync(own)) return own;
	} catch {
		// A later `npm install` may have removed the package that the executable came from.
	}
	return join(fetched('linux-x64', own), 'LICENSE');
}

/** Another version of Node for this system, as the path of its executable: tests run on what packages promise. */
export function otherNode(version: string): string {
	const name = system === 'win' ? 'node.exe' : 'node';
	return join(fetched(thisPlatform, version), 'bin', name);
}

/** The unpacked package of a Node, kept for the next time. */
function fetched(platform: string, version: string): string {
	const folder = join(root, '.cache/kit', `${platform}-${version}`);
	const unpacked = join(folder, 'package');
	if (existsSync(unpacked)) return unpacked;

	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
	const spec = `${packageOf(platform)}@${version}`;
	const pack = spawnSync(npm, ['pack', spec, '--silent'], {
		cwd: folder,
		encoding: 'utf8',
		shell: npm === 'npm.cmd'
	});
	const archive = pack.status === 0 ? pack.stdout.trim().split('\n').at(-1) : undefined;
	if (!archive) {
		rmSync(folder, { recursive: true, force: true });
		throw new Error(
			`There is no npm package ${spec}, so no kit can be made for ${platform} here: make it on a ` +
				'machine of that kind, or leave it out of --platform.'
		);
	}
	const unpack = spawnSync('tar', ['-xzf', archive], { cwd: folder, encoding: 'utf8' });
	rmSync(join(folder, archive), { force: true });
	if (unpack.status !== 0) {
		rmSync(folder, { recursive: true, force: true });
		throw new Error(`The package ${spec} could not be unpacked: ${unpack.stderr.trim()}`);
	}
	return unpacked;
}

function packageOf(platform: string): string {
	return platform === 'darwin-arm64' ? `node-bin-${platform}` : `node-${platform}`;
}
