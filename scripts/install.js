/**
 * Brings a checkout to the point where its own Node can run it: packages as the lock file says, and
 * the pinned Node among them. Runs on Node 20 before anything is installed, so it imports nothing
 * that is not in Node.
 *
 * @module
 */

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const windows = process.platform === 'win32';
const ownNode = join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');

/** Installs what is missing and stops the process, with the reason, when that fails. */
export function install() {
	if (!packagesMatchLock()) {
		run(
			'Installing packages (about a minute the first time)',
			npmCommand(['ci', '--include=dev']),
			root
		);
	}
	if (!ownNodeRuns()) {
		const folder = join(root, 'node_modules', 'node');
		const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
		const script = String(scripts.preinstall).replace(/^node\s+/, '');
		run('Installing the pinned Node', [process.execPath, script], folder);
		if (!ownNodeRuns()) {
			fail(
				`There is no Node of the pinned version for this system (${process.platform} ${process.arch}): ` +
					'Keyferry runs on Linux with glibc, macOS and Windows.'
			);
		}
	}
	// The tests' compiler reads what Kit writes about the routes.
	if (!existsSync(join(root, '.svelte-kit', 'tsconfig.json'))) {
		const kit = join(root, 'node_modules', '@sveltejs', 'kit', 'svelte-kit.js');
		run('Writing the types of the routes', [ownNode, kit, 'sync'], root);
	}
}

/** Goes on in the checkout's own Node, with the checkout's tools first on the path. */
export function runOnOwnNode(script, args) {
	const path = join(root, 'node_modules', '.bin') + delimiter + process.env.PATH;
	const child = spawn(ownNode, [join(root, script), ...args], {
		cwd: root,
		stdio: 'inherit',
		env: { ...process.env, PATH: path, Path: path }
	});
	// A terminal sends its interrupt to both; the child decides when it is done.
	process.on('SIGINT', () => undefined);
	process.on('SIGTERM', () => child.kill('SIGTERM'));
	child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}

/** npm writes what it installed beside the packages, last of all: an install cut short leaves none. */
function packagesMatchLock() {
	const wanted = lockedPackages(join(root, 'package-lock.json'));
	const found = lockedPackages(join(root, 'node_modules', '.package-lock.json'));
	if (!wanted || !found) return false;
	return Object.entries(wanted).every(
		([path, entry]) => path === '' || entry.optional || found[path]?.version === entry.version
	);
}

function lockedPackages(file) {
	return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined;
}

function ownNodeRuns() {
	if (!existsSync(ownNode)) return false;
	const { version } = JSON.parse(
		readFileSync(join(root, 'node_modules', 'node', 'package.json'), 'utf8')
	);
	const answer = spawnSync(ownNode, ['--version'], { encoding: 'utf8' });
	return answer.stdout?.trim() === `v${version}`;
}

/** npm under the running Node where npm started us, else the one on the path. */
function npmCommand(args) {
	const npm = process.env.npm_execpath;
	if (npm && /npm-cli\.[cm]?js$/.test(npm)) return [process.execPath, npm, ...args];
	return [windows ? 'npm.cmd' : 'npm', ...args];
}

function run(what, [command, ...args], cwd) {
	console.log(`${what} …`);
	const started = Date.now();
	const done = spawnSync(command, args, { cwd, stdio: 'inherit', shell: command === 'npm.cmd' });
	if (done.error || done.status !== 0) {
		const reason = done.error ? done.error.message : `it ended with code ${done.status}`;
		fail(`${what} failed (${reason}): see the lines above, mend that and run the command again.`);
	}
	console.log(`  done in ${Math.round((Date.now() - started) / 1000)} s`);
}

function fail(sentence) {
	console.error(sentence);
	process.exit(1);
}
