/**
 * `npm run dev`: the hub on port 4870 and, before it, the desk as it is being written, on port 5173.
 *
 * @module
 */

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './root.ts';

const hub = spawn(
	process.execPath,
	['--watch', 'server/cli/keyferry.js', 'serve', '--data', 'data', '--demo'],
	{ cwd: root, stdio: 'inherit' }
);
const desk = spawn(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'dev'], {
	cwd: root,
	stdio: 'inherit'
});
const both = [hub, desk];
for (const child of both) {
	child.on('exit', (code) => {
		for (const other of both) other.kill();
		process.exitCode = code ?? 0;
	});
}
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => hub.kill());
