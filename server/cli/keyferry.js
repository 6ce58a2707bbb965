#!/usr/bin/env node
// The command in a checkout: starts main.ts under a Node that can run it. Plain JavaScript that
// every Node since 14 reads, so that an old one ends in a sentence and not in a stack trace.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, '..', '..', 'node_modules');
const [major, minor] = process.versions.node.split('.').map(Number);
const stripsTypes = major > 22 || (major === 22 && minor >= 19);
const pinned = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

if (!existsSync(join(modules, 'citty'))) {
	fail('Its packages are not installed yet. Run "npm ci" in the folder of Keyferry first.');
} else if (stripsTypes) {
	const { serveSmall } = await import('./small-process.js');
	serveSmall();
	// Compiled code is kept beside the packages: the next start is sooner by a quarter of a second.
	const { enableCompileCache } = await import('node:module');
	enableCompileCache?.(join(modules, '.cache', 'keyferry'));
	await import('./main.ts');
} else if (existsSync(pinned)) {
	restart();
} else {
	fail(
		`Node ${process.versions.node} is too old, and the Node that "npm ci" brings is missing. ` +
			'Run "npm ci" again, or use Node 22.19 or newer.'
	);
}

function restart() {
	const args = [fileURLToPath(import.meta.url), ...process.argv.slice(2)];
	const child = spawn(pinned, args, { stdio: 'inherit' });
	// The terminal sends an interrupt to both; a service manager only to this one.
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
		process.on(signal, () => child.kill(signal));
	child.on('exit', (code, signal) => {
		process.exitCode = signal ? 1 : (code ?? 1);
	});
}

function fail(sentence) {
	process.stderr.write(`keyferry: ${sentence}\n`);
	process.exitCode = 1;
}
