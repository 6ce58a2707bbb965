/**
 * A real hub in a process of its own, on a free port of this machine, with its data in a folder that
 * goes away with it.
 *
 * @module
 */

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const root = resolve(import.meta.dirname, '..');
const keyferry = join(root, 'server/cli/keyferry.js');

/** What `serve --demo` leaves in the data folder. */
export type Demo = {
	hub: string;
	/** An API key of a member of staff. */
	token: string;
	users: { email: string; password: string; role: string }[];
	licenses: { number: string; key: string; product: string; seats: number; clients?: number }[];
};

export type RunningHub = {
	/** For example `http://localhost:49152`. */
	address: string;
	port: number;
	/** The data folder. */
	data: string;
	/** The root keys, as a file that `--roots` takes. */
	roots: string;
	/** With demo data only. */
	demo: Demo;
	/** All that the hub has printed. */
	log: () => string;
	process: ChildProcess;
	/** Ends the process and keeps the folder, for a hub that is started on it again. */
	end: (signal?: NodeJS.Signals) => Promise<void>;
	/** Ends the process and removes the folder. */
	stop: () => Promise<void>;
};

export type HubOptions = {
	/** A folder that is kept; by default a new one that goes away with the hub. */
	data?: string;
	port?: number;
	/** Demo data, as a fresh start has it; true unless said otherwise. */
	demo?: boolean;
	/** Further arguments of `keyferry serve`. */
	args?: string[];
	/** Where it answers, where that is not `http://localhost:PORT`. */
	address?: (port: number) => string;
	env?: Record<string, string>;
};

/** Answers once the hub is ready. Throws with what the hub printed when it never is. */
export async function startHub(options: HubOptions = {}): Promise<RunningHub> {
	const home = options.data ?? mkdtempSync(join(tmpdir(), 'keyferry-hub-'));
	const data = options.data ?? join(home, 'data');
	const port = options.port ?? (await freePort());
	const demo = options.demo ?? true;
	const args = ['serve', '--port', String(port), '--data', data, ...(options.args ?? [])];
	if (demo) args.push('--demo');
	const hub = spawn(process.execPath, [keyferry, ...args], {
		cwd: root,
		stdio: ['ignore', 'pipe', 'pipe'],
		env: { ...process.env, ...options.env }
	});
	let log = '';
	hub.stdout.on('data', (chunk: Buffer) => (log += chunk.toString()));
	hub.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));

	const end = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<void> => {
		if (hub.exitCode !== null || hub.signalCode !== null) return;
		const ended = once(hub, 'exit');
		hub.kill(signal);
		await ended;
	};
	const stop = async (): Promise<void> => {
		await end();
		// A folder that was given is not this hub's to remove.
		if (options.data === undefined) rmSync(home, { recursive: true, force: true });
	};
	const address = options.address?.(port) ?? `http://localhost:${port}`;
	if (!(await isReady(hub, address, data))) {
		await stop();
		throw new Error(`the hub did not start:\n${log}`);
	}
	const demoFile = join(data, 'demo.json');
	return {
		address,
		port,
		data,
		roots: join(data, 'roots.json'),
		demo: (demo ? JSON.parse(readFileSync(demoFile, 'utf8')) : {}) as Demo,
		log: () => log,
		process: hub,
		end,
		stop
	};
}

async function isReady(hub: ChildProcess, address: string, data: string): Promise<boolean> {
	const patience = Date.now() + 60_000;
	while (Date.now() < patience && hub.exitCode === null && hub.signalCode === null) {
		if ((await statusOf(`${address}/health/ready`, join(data, 'tls/ca.crt'))) === 200) return true;
		await sleep(50);
	}
	return false;
}

/** Status of an answer, from a hub with a local authority as well; nothing while there is none. */
function statusOf(url: string, authority: string): Promise<number | undefined> {
	return new Promise((resolve) => {
		const secure = url.startsWith('https:');
		const ca = existsSync(authority) ? readFileSync(authority) : undefined;
		const request = secure ? https.get(url, { ca, agent: false }) : http.get(url, { agent: false });
		request.on('response', (response) => {
			response.resume();
			resolve(response.statusCode);
		});
		request.on('error', () => resolve(undefined));
	});
}

export async function freePort(): Promise<number> {
	const probe = createServer().listen(0, '127.0.0.1');
	await once(probe, 'listening');
	const address = probe.address();
	probe.close();
	if (address === null || typeof address === 'string') throw new Error('no port to listen on');
	return address.port;
}
