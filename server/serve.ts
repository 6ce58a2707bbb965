/**
 * A process that serves: its folder is locked, its role put together, its port opened, and all of it
 * ended in order.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { createServer as createTlsServer } from 'node:https';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createAdaptorServer, type ServerType } from '@hono/node-server';
import { lockFolder } from '#server/db/folder-lock.ts';
import { openHubRole, type HubOptions } from '#server/roles/hub.ts';
import { Fault, systemCode } from './fault.ts';

export type ServeOptions = HubOptions & {
	role?: 'hub' | 'site';
	port?: number;
	host?: string;
	tlsCert?: string;
	tlsKey?: string;
};

export type Running = {
	url: string;
	/** Takes up keys and trust as the folder holds them now. */
	reload(): Promise<void>;
	close(): Promise<void>;
};

const DEFAULT_PORT = 4870;
const DRAIN_MS = 5_000;
/** For the store to say goodbye. */
const CLOSE_MS = 10_000;

/** Callers and proxies (nginx: 60 s) are to be the first to close, or they send into a closed line. */
const KEEP_ALIVE_MS = 75_000;

/** @throws Fault with a sentence for whoever started it. */
export async function serve(options: ServeOptions): Promise<Running> {
	if (options.role === 'site')
		throw new Fault(
			'ROLE_NOT_AVAILABLE',
			'This version has no site server yet.',
			'Start it without --role, as a hub.'
		);
	const lock = lockFolder(options.data, 'keyferry serve');
	let close = async () => lock.release();
	try {
		const tls = readTls(options);
		const role = await openHubRole(options, tls);
		close = () => role.close().finally(() => lock.release());
		const server = createAdaptorServer(
			tls === undefined
				? { fetch: role.fetch }
				: { fetch: role.fetch, createServer: createTlsServer, serverOptions: tls }
		);
		if ('keepAliveTimeout' in server) server.keepAliveTimeout = KEEP_ALIVE_MS;
		const url = await listen(server, options);
		await role.begin(url);
		return { url, reload: role.reload, close: onlyOnce(() => shut(server, close)) };
	} catch (error) {
		await close();
		throw error;
	}
}

type Tls = { cert: string; key: string; authority?: string };

/** Own certificate files, else those that `init --tls` made, else none. */
function readTls({ data, tlsCert, tlsKey }: ServeOptions): Tls | undefined {
	const read = (path: string) => {
		try {
			return readFileSync(path, 'utf8');
		} catch {
			return undefined;
		}
	};
	if (tlsCert === undefined && tlsKey === undefined) {
		const [cert, key] = ['server.crt', 'server.key'].map((name) => read(join(data, 'tls', name)));
		if (cert === undefined || key === undefined) return undefined;
		return { cert, key, authority: read(join(data, 'tls', 'ca.crt')) };
	}
	const cert = read(tlsCert ?? '');
	const key = read(tlsKey ?? '');
	if (cert === undefined || key === undefined)
		throw new Fault(
			'TLS_FILES_INVALID',
			'The certificate and its key could not both be read.',
			'Give both --tls-cert and --tls-key, as PEM files that this user may read.'
		);
	return { cert, key };
}

async function listen(server: ServerType, options: ServeOptions): Promise<string> {
	const { port = DEFAULT_PORT, host = '127.0.0.1' } = options;
	try {
		server.listen(port, host);
		await once(server, 'listening');
	} catch (cause) {
		const code = systemCode(cause);
		if (code === 'EADDRINUSE')
			throw new Fault(
				'PORT_IN_USE',
				`Port ${port} is in use by another program.`,
				`Stop that program, or choose another port with --port ${port + 1}.`,
				{ cause }
			);
		throw new Fault(
			'PORT_NOT_ALLOWED',
			`The hub cannot listen on ${host} port ${port} (${code}).`,
			'Choose another address with --host and a port above 1024 with --port.',
			{ cause }
		);
	}
	const scheme = server instanceof Object && 'setSecureContext' in server ? 'https' : 'http';
	const shown = ['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host) ? 'localhost' : host;
	return `${scheme}://${shown}:${(server.address() as AddressInfo).port}`;
}

/** Lets answers in flight finish, then closes the store and frees the folder. */
async function shut(server: ServerType, end: () => Promise<void>): Promise<void> {
	const closed = new Promise<void>((resolve) => server.close(() => resolve()));
	if ('closeIdleConnections' in server) server.closeIdleConnections();
	const timer = setTimeout(() => {
		if ('closeAllConnections' in server) server.closeAllConnections();
	}, DRAIN_MS);
	await closed;
	clearTimeout(timer);
	// What is committed is safe. A database that is gone may keep its last statement for ever.
	const stop = new AbortController();
	const late = sleep(CLOSE_MS, undefined, { signal: stop.signal }).catch(() => undefined);
	await Promise.race([end(), late]).finally(() => stop.abort());
}

function onlyOnce(work: () => Promise<void>): () => Promise<void> {
	let done: Promise<void> | undefined;
	return () => (done ??= work());
}
