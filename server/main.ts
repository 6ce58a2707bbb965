/**
 * Starting and stopping a hub.
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
import pino from 'pino';
import { makeAuth } from '#server/auth/auth.ts';
import { lockFolder } from '#server/db/folder-lock.ts';
import { openEmbedded, openPostgres, type Store } from '#server/db/store.ts';
import { readHubKeys } from '#server/keys/folder.ts';
import { makeHub, type NewHub } from '#server/keys/make-hub.ts';
import { defaultLimits, type Limits } from '#server/http/rate-limit.ts';
import { describe, makeApp } from '#server/roles/hub-app.ts';
import { fillDemo, prepareDemo } from '#server/roles/demo.ts';
import { Fault, systemCode } from './fault.ts';
import { openHub } from '#server/roles/hub-context.ts';
import { startJobs } from './jobs/schedule.ts';

export type ServeOptions = {
	role?: 'hub' | 'site';
	port?: number;
	host?: string;
	/** Data folder. */
	data: string;
	databaseUrl?: string;
	/** Opens the store in another way than these two, for tests that break it. */
	openStore?: () => Promise<Store>;
	/** Fictional data on the first start; makes the hub itself where there is none. */
	demo?: boolean;
	tlsCert?: string;
	tlsKey?: string;
	limits?: Limits;
	/** JSON lines; silent unless given. */
	logLevel?: 'silent' | 'info' | 'warn';
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
	const { data, role = 'hub', demo = false } = options;
	if (role === 'site')
		throw new Fault(
			'ROLE_NOT_AVAILABLE',
			'This version has no site server yet.',
			'Start it without --role, as a hub.'
		);
	const lock = lockFolder(data, 'keyferry serve');
	let store: Store | undefined;
	let ready = false;
	try {
		if (demo) await prepareDemo(data);
		const keys = await readHubKeys(data);
		const tls = readTls(options);
		store = await openStore(options);
		const log = pino({ level: options.logLevel ?? 'silent', base: undefined });
		const onLeap = (leap: object) =>
			log.warn({ leap }, 'the clock leapt: nothing is freed until keyferry hub-time confirm');
		const authority = tls?.authority;
		const onFault = (support: string, error: unknown) =>
			log.error({ support, error: describe(error) }, 'a command failed');
		const context = await openHub(store, data, { keys, authority, onLeap, onFault });
		const { hub } = context;
		const auth = makeAuth({ db: store.db, secret: keys.authSecret, isTls: tls !== undefined });
		const app = makeApp({
			isReady: () => ready,
			hub,
			store,
			auth,
			published: context.published,
			time: context.time,
			limits: options.limits ?? defaultLimits,
			isTls: tls !== undefined,
			log
		});
		const server = createAdaptorServer(
			tls === undefined
				? { fetch: app.fetch }
				: { fetch: app.fetch, createServer: createTlsServer, serverOptions: tls }
		);
		if ('keepAliveTimeout' in server) server.keepAliveTimeout = KEEP_ALIVE_MS;
		const address = await listen(server, options);
		if (demo) await fillDemo({ hub, auth, folder: data, url: address });
		ready = true;
		const opened = store;
		const stopJobs = startJobs(hub, {
			onFault: (error) => log.error({ error: kindOf(error) }, 'seats could not be looked through')
		});
		const end = async () => {
			await stopJobs();
			await context.close();
			await opened.close();
			lock.release();
		};
		return {
			url: address,
			reload: context.reload,
			close: onlyOnce(() => shut(server, end))
		};
	} catch (error) {
		await store?.close();
		lock.release();
		throw error;
	}
}

/** A database error repeats its statement and parameters: only its kind is logged. */
function kindOf(error: unknown): string {
	return systemCode(error) ?? (error instanceof Error ? error.name : typeof error);
}

function openStore({ data, databaseUrl, openStore: own }: ServeOptions): Promise<Store> {
	if (own) return own();
	return databaseUrl === undefined ? openEmbedded(data) : openPostgres(databaseUrl);
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

export type InitOptions = NewHub & { tls?: { hosts: string[] } };

/** Makes the keys of a new hub. @throws Fault `FILE_EXISTS`, `FOLDER_IN_USE`. */
export async function init({
	tls,
	...hub
}: InitOptions): Promise<{ rootKid: string; authority?: string }> {
	const lock = lockFolder(hub.folder, 'keyferry init');
	try {
		const { rootKid } = await makeHub(hub);
		if (!tls) return { rootKid };
		// A running hub needs none of it.
		const { makeLocalAuthority } = await import('#server/keys/local-authority.ts');
		return { rootKid, authority: await makeLocalAuthority(hub.folder, tls.hosts) };
	} finally {
		lock.release();
	}
}
