#!/usr/bin/env node
// The command as it is installed. Plain JavaScript that every Node since 14 reads, so that an old one
// ends in a sentence and not in a stack trace.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serveSmall } from './server/small-process.js';

const [major, minor] = process.versions.node.split('.').map(Number);

if (major > 22 || (major === 22 && minor >= 18)) {
	serveSmall();
	// Compiled code is kept beside the packages, where this user may write there: the next start is
	// sooner by a quarter of a second.
	const { enableCompileCache } = await import('node:module');
	enableCompileCache(join(dirname(fileURLToPath(import.meta.url)), '..', '.cache', 'keyferry'));
	await import('./server/program/main.js');
} else {
	process.stderr.write(
		`keyferry: Node ${process.versions.node} is too old. Install Node 22.18 or newer.\n`
	);
	process.exitCode = 1;
}
