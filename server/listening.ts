/**
 * What every process that serves has in common: how it is reached, its certificate, its port, and how it
 * ends in order.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerType } from '@hono/node-server';
import { proxiesOf, type Proxies } from '#server/http/caller.ts';
import { readKeptReach, usualPlace } from '#server/http/kept-reach.ts';
import { Fault, systemCode } from './fault.ts';

export type PortOptions = {
	/** Data folder. */
	data: string;
	port?: number;
	host?: string;
	tlsCert?: string;
	tlsKey?: string;
	/** Where it is reached, and by which proxies; by default under any name, by none. */
	reach?: { origin?: string; proxies: Proxies; named?: string };
};

export type Running = {
	url: string;
	/** For the console alone, while the hub is to be set up: the address that opens it, once. [SU1] */
	setup?: string;
	/** Where people reach it; another one once it was set up. */
	address: string;
	/** Takes up keys and trust as the folder holds them now. */
	reload(): Promise<void>;
	close(): Promise<void>;
};

const DRAIN_MS = 5_000;
const IDLE_MS = 50;
/** For the store to say goodbye. */
const CLOSE_MS = 10_000;

/** Callers and proxies (nginx: 60 s) are to be the first to close, or they send into a closed line. */
export const KEEP_ALIVE_MS = 75_000;

/** What was said at the set-up holds where no option says otherwise. [HT1] */
export function withKept<O extends PortOptions>(
	options: O
): O & { reach: NonNullable<PortOptions['reach']> } {
	const { url, proxies, tls, port, host } = readKeptReach(options.data);
	const { reach, tlsCert, tlsKey } = options;
	const named = reach?.named ?? proxies;
	const origin = reach?.origin ?? url;
	const list = (named ?? '').split(/[\s,]+/).filter(Boolean);
	// A program that starts a hub may give networks that no option names.
	const keepsGiven = reach !== undefined && (reach.named ? true : proxies === undefined);
	const isGiven = tlsCert !== undefined || tlsKey !== undefined;
	return {
		...options,
		reach: { origin, named, proxies: keepsGiven ? reach.proxies : proxiesOf(list)! },
		tlsCert: isGiven ? tlsCert : tls?.cert,
		tlsKey: isGiven ? tlsKey : tls?.key,
		port: options.port ?? port,
		host: options.host ?? host
	};
}

export type Tls = { cert: string; key: string; authority?: string };

/** Own certificate files, else those that `init --tls` made, else none. */
export function readTls({ data, tlsCert, tlsKey }: PortOptions): Tls | undefined {
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

export async function listen(
	server: ServerType | Server,
	options: PortOptions,
	scheme: 'http' | 'https'
): Promise<string> {
	const { port = usualPlace.port, host = usualPlace.host } = options;
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
			`The server cannot listen on ${host} port ${port} (${code}).`,
			'Choose another address with --host and a port above 1024 with --port.',
			{ cause }
		);
	}
	return urlOf(scheme, server, options);
}

export function urlOf(
	scheme: 'http' | 'https',
	server: ServerType | Server,
	{ host = usualPlace.host }: PortOptions
): string {
	const shown = ['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host) ? 'localhost' : host;
	return `${scheme}://${shown}:${(server.address() as AddressInfo).port}`;
}

/** Lets answers in flight finish, then closes the store and frees the folder. */
export async function shut({
	server,
	hangUp,
	end
}: {
	server: ServerType | Server;
	hangUp: (which: 'idle' | 'all') => void;
	end: () => Promise<void>;
}): Promise<void> {
	const closed = new Promise<void>((resolve) => server.close(() => resolve()));
	hangUp('idle');
	// Lines whose answer ends later are idle then.
	const idle = setInterval(() => hangUp('idle'), IDLE_MS);
	const timer = setTimeout(() => hangUp('all'), DRAIN_MS);
	await closed;
	clearInterval(idle);
	clearTimeout(timer);
	// What is committed is safe. A database that is gone may keep its last statement for ever.
	const stop = new AbortController();
	const late = sleep(CLOSE_MS, undefined, { signal: stop.signal }).catch(() => undefined);
	await Promise.race([end(), late]).finally(() => stop.abort());
}

export function onlyOnce(work: () => Promise<void>): () => Promise<void> {
	let done: Promise<void> | undefined;
	return () => (done ??= work());
}
