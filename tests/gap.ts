/**
 * A machine in the gap, as far as one machine can stand in for it: a process without any network
 * interface, run by an ordinary user who has nothing but what was copied there.
 *
 * @module
 */

import { execFile, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, mkdirSync, chownSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An account that owns nothing. */
export const NOBODY = 65534;

const isRoot = process.getuid?.() === 0;
const asNobody = [
	'setpriv',
	'--reuid',
	String(NOBODY),
	'--regid',
	String(NOBODY),
	'--clear-groups'
];
const withoutNetwork = ['unshare', '-cn'];

/** Why there can be no gap on this machine, or nothing where there can. */
export function noGap(): string | undefined {
	const [command, ...args] = [...(isRoot ? asNobody : []), ...withoutNetwork, 'true'];
	const { status } = spawnSync(command, args);
	return status === 0 ? undefined : 'this system gives ordinary users no network namespaces';
}

export type Ran = { code: number; stdout: string; stderr: string };

/** Runs a program inside, with an empty environment but for what is given. */
export function inGap(
	program: string,
	args: string[],
	{ cwd, env = {}, input = '' }: { cwd: string; env?: Record<string, string>; input?: string }
): Promise<Ran> {
	const variables = { PATH: '/usr/bin:/bin', HOME: cwd, ...env };
	const [command = '', ...rest] = [
		...(isRoot ? asNobody : []),
		...withoutNetwork,
		'env',
		'-i',
		...Object.entries(variables).map(([name, value]) => `${name}=${value}`),
		program,
		...args
	];
	return new Promise((resolve) => {
		const child = execFile(command, rest, { cwd, encoding: 'utf8' }, (error, stdout, stderr) => {
			resolve({
				code: typeof error?.code === 'number' ? error.code : error ? 1 : 0,
				stdout,
				stderr
			});
		});
		child.stdin?.end(input);
	});
}

/** A folder in there, which belongs to that user. */
export function folderInGap(name: string): string {
	const outer = mkdtempSync(join(tmpdir(), 'keyferry-gap-'));
	chmodSync(outer, 0o755);
	const folder = join(outer, name);
	mkdirSync(folder, { mode: 0o755 });
	if (isRoot) chownSync(folder, NOBODY, NOBODY);
	return folder;
}
