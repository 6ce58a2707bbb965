/**
 * How facts about a machine are looked up, on the machine itself or in a recording of one.
 *
 * Only what every user of a machine can read is told, whoever asks: a service that runs as root and
 * the admin beside it must see the same machine. [MA1]
 *
 * @module
 */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

export type System = 'linux' | 'darwin' | 'win32';

export type Probe = {
	system: System;
	/** Text of a file that every user may read; `undefined` where there is none. */
	read(path: string): string | undefined;
	/** Names inside a folder, sorted; empty where there is none. */
	list(path: string): string[];
	/** Where a path leads once every symbolic link in it is followed. */
	resolve(path: string): string | undefined;
	/** What a system tool prints; `undefined` where it is missing or fails. */
	run(program: string, args: readonly string[]): Promise<string | undefined>;
};

const OTHERS_READ = 0o004;
const OTHERS_ENTER = 0o001;
/** Longer than a cold PowerShell needs, short enough for a person who waits. */
const TOOL_TIMEOUT_MS = 20_000;

/** The machine that this program runs on. */
export function localProbe(): Probe {
	// The same question is asked once: a cold PowerShell costs a person a second each time.
	const answers = new Map<string, Promise<string | undefined>>();
	return {
		system:
			process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux',
		read: (path) => attempt(() => (isWorldReadable(path) ? readFileSync(path, 'utf8') : undefined)),
		list: (path) => attempt(() => readdirSync(path).sort()) ?? [],
		resolve: (path) => attempt(() => realpathSync(path)),
		run(program, args) {
			const question = [program, ...args].join(' ');
			const answer = answers.get(question) ?? runTool(program, args);
			answers.set(question, answer);
			return answer;
		}
	};
}

function runTool(program: string, args: readonly string[]): Promise<string | undefined> {
	const env = { ...process.env, LC_ALL: 'C' };
	return new Promise((done) => {
		execFile(
			toolPath(program),
			[...args],
			{ timeout: TOOL_TIMEOUT_MS, windowsHide: true, env },
			(error, stdout) => done(error ? undefined : stdout)
		);
	});
}

/** By full path on Windows, which else looks into the present folder first: a stick may hold anything. */
function toolPath(program: string): string {
	if (process.platform !== 'win32') return program;
	const system = `${process.env.SystemRoot ?? 'C:\\Windows'}\\System32`;
	return program === 'powershell'
		? `${system}\\WindowsPowerShell\\v1.0\\powershell.exe`
		: `${system}\\${program}.exe`;
}

/** By mode bits, since root may read everything. Windows has none: its sources are tools. */
function isWorldReadable(path: string): boolean {
	if (process.platform === 'win32') return true;
	const real = realpathSync(path);
	if ((statSync(real).mode & OTHERS_READ) === 0) return false;
	for (let folder = dirname(real); ; folder = dirname(folder)) {
		if ((statSync(folder).mode & OTHERS_ENTER) === 0) return false;
		if (folder === dirname(folder)) return true;
	}
}

/** A source that cannot be read is absent: an expected state of a machine, not a fault. */
function attempt<T>(look: () => T): T | undefined {
	try {
		return look();
	} catch {
		return undefined;
	}
}
