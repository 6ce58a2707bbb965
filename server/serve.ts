/**
 * A process that serves: its folder is locked, its role put together, its port opened, and all of it
 * ended in order.
 *
 * @module
 */
import { createServer as createTlsServer } from 'node:https';
import { createAdaptorServer } from '@hono/node-server';
import { lockFolder } from '#server/db/folder-lock.ts';
import { limitArrival } from '#server/http/request-time.ts';
import { openTwoWayPort } from '#server/http/two-way-port.ts';
import { validHostOnly } from '#server/http/valid-host.ts';
import { Fault } from '#server/fault.ts';
import { openHubRole, type HubOptions } from '#server/roles/hub.ts';
import type { Process } from '#server/roles/process.ts';
import { needsSetup } from '#server/setup/record.ts';
import {
	KEEP_ALIVE_MS,
	listen,
	onlyOnce,
	readTls,
	shut,
	urlOf,
	withKept,
	type PortOptions,
	type Running,
	type Tls
} from './listening.ts';

/** Files of releases may take hours. */
const UPLOADS = '/v1/releases/upload';

export type ServeOptions = HubOptions &
	PortOptions & {
		/** Processes that serve, on PostgreSQL: by default this one alone. */
		workers?: number;
	};

/** @throws Fault with a sentence for whoever started it. */
export async function serve(options: ServeOptions): Promise<Running> {
	const { workers = 1, databaseUrl } = options;
	if (workers > 1 && databaseUrl === undefined)
		throw new Fault(
			'WORKERS_NEED_POSTGRESQL',
			'The embedded database serves one process, not several workers.',
			'Leave --workers out, or move to PostgreSQL and name it by --database-url.'
		);
	const lock = lockFolder(options.data, 'keyferry serve');
	try {
		if (!options.demo && needsSetup(options.data)) return await serveSetup(options, lock);
		if (workers > 1 && databaseUrl !== undefined) {
			const { serveWorkers } = await import('./serve-workers.ts');
			return await serveWorkers({ ...options, workers, databaseUrl }, lock.release);
		}
		return await serveHub(options, lock);
	} catch (error) {
		lock.release();
		throw error;
	}
}

type Lock = ReturnType<typeof lockFolder>;

async function serveHub(given: ServeOptions, lock: Lock): Promise<Running> {
	const options = withKept(given);
	const tls = readTls(options);
	const role = await openHubRole(options, tls);
	return openPort(role, { options, tls, release: lock.release });
}

/** The port of a hub. It is closed, and what it stands on, where it cannot be opened. */
export async function openPort(
	role: Process,
	{
		options,
		tls,
		release
	}: { options: ReturnType<typeof withKept>; tls: Tls | undefined; release: () => void }
): Promise<Running> {
	try {
		const fetch = validHostOnly(role.fetch);
		const server = createAdaptorServer(
			tls === undefined ? { fetch } : { fetch, createServer: createTlsServer, serverOptions: tls }
		);
		if ('keepAliveTimeout' in server) server.keepAliveTimeout = KEEP_ALIVE_MS;
		if ('requestTimeout' in server) limitArrival(server, UPLOADS);
		const url = await listen(server, options, tls ? 'https' : 'http');
		await role.begin(url);
		const end = () => role.close().finally(release);
		const hangUp = (which: 'idle' | 'all') => {
			if (which === 'idle' && 'closeIdleConnections' in server) server.closeIdleConnections();
			if (which === 'all' && 'closeAllConnections' in server) server.closeAllConnections();
		};
		const close = onlyOnce(() => shut({ server, hangUp, end }));
		return { url, address: options.reach.origin ?? url, reload: role.reload, close };
	} catch (error) {
		await role.close();
		throw error;
	}
}

/** Serves the set-up, and goes on as the hub when it is done: the same process, on the same port. [SU1] */
async function serveSetup(options: ServeOptions, lock: Lock): Promise<Running> {
	const say = options.say ?? (() => undefined);
	let role: Process | undefined;
	let going: Promise<void> | undefined;
	const port = openTwoWayPort(async (request, env) => {
		// Between the one and the other whoever asks is kept waiting.
		if (!role) await going?.catch(() => undefined);
		return role?.fetch(request, env) ?? new Response(null, { status: 503 });
	}, KEEP_ALIVE_MS);
	const flags = readTls(options);
	if (flags) port.addTls(flags);

	const goOn = async (setup: Process) => {
		role = undefined;
		await setup.close();
		const kept = withKept(options);
		const tls = readTls(kept);
		if (tls) port.addTls(tls);
		const hub = await openHubRole(kept, tls);
		const url = urlOf(port.settle(), server, options);
		port.hangUp('idle');
		await hub.begin(url);
		role = hub;
		running.url = url;
		running.address = kept.reach.origin ?? url;
		delete running.setup;
		say(`Hub ready: ${running.address}`);
		if (options.workers !== undefined && options.workers > 1)
			say(`By one process until it is started again: then by ${options.workers} workers.`);
	};
	const { openSetupRole } = await import('#server/roles/setup.ts');
	const setup = await openSetupRole(options, {
		useTls: port.addTls,
		isTlsGiven: flags !== undefined,
		port: options.port,
		host: options.host,
		finish: () => {
			going = goOn(setup);
			going.catch((error: unknown) => {
				say(`The hub could not begin: ${error instanceof Error ? error.message : String(error)}`);
				process.exitCode = 1;
				void running.close();
			});
			return going;
		}
	});
	role = setup;
	const { server } = port;
	const end = async () => {
		await going?.catch(() => undefined);
		await role?.close().finally(() => lock.release());
	};
	const running: Running = {
		url: '',
		address: '',
		reload: async () => role?.reload(),
		close: onlyOnce(() => shut({ server, hangUp: port.hangUp, end }))
	};
	try {
		running.url = await listen(server, options, flags ? 'https' : 'http');
		running.address = running.url;
		running.setup = setup.address(running.url);
		await setup.begin(running.url);
		return running;
	} catch (error) {
		await setup.close();
		throw error;
	}
}
