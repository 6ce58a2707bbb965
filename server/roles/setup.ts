/**
 * A process that sets a hub up: one page and its procedures for the one browser that used the code, and
 * health. Everybody else finds nothing. [SU1, SU2]
 *
 * @module
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getConnInfo } from '@hono/node-server/conninfo';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { Hono, type Context } from 'hono';
import { openPostgres } from '#server/db/store.ts';
import { hubTable } from '#server/db/schema/hub.ts';
import { describeFault, Fault } from '#server/fault.ts';
import { BODY_LIMIT, limitBody } from '#server/http/body-limit.ts';
import { callerOf, proxiesOf, type Caller } from '#server/http/caller.ts';
import { deskFiles, deskPage, inlineScriptHashes } from '#server/http/desk-files.ts';
import { securityHeaders } from '#server/http/security-headers.ts';
import { sendMail } from '#server/jobs/send-mail.ts';
import { readHubKeys } from '#server/keys/folder.ts';
import { hasKeys } from '#server/keys/granted.ts';
import { makeDoor, type Door } from '#server/reach/door.ts';
import { seenFrom, type GivenReach } from '#server/reach/said-reach.ts';
import { setupRouter } from '#server/setup/router.ts';
import { openSetup, type OpenedHub, type Setup } from '#server/setup/setup.ts';
import { CHECK } from '#server/setup/state.ts';
import { useTlsOf } from '#server/setup/steps.ts';
import { openHub } from './hub-context.ts';
import { openStore, transportOf, type HubOptions } from './hub.ts';
import { openLog } from './log.ts';
import type { Process } from './process.ts';

export type SetupRoleOptions = Pick<GivenReach, 'port' | 'host'> & {
	/** Answers encrypted lines beside plain ones, from now on. */
	useTls: (tls: { cert: string; key: string }) => void;
	/** The hub can begin, and has when this is over. */
	finish: () => Promise<void>;
	/** Whether the options of the command line say how lines are encrypted. */
	isTlsGiven: boolean;
};

export type SetupProcess = Process & {
	/** For the console alone: the address that opens it, once. */
	address: (url: string) => string;
};

export async function openSetupRole(
	options: HubOptions,
	{ useTls, finish, isTlsGiven, port, host }: SetupRoleOptions
): Promise<SetupProcess> {
	const { data: folder, databaseUrl, smtp, reach } = options;
	// Said now, on the console, and not when half of it is done.
	if (databaseUrl !== undefined && !hasKeys(folder)) await refuseUsedDatabase(databaseUrl);
	let listening = '';
	const setup = openSetup({
		folder,
		listening: () => listening,
		given: { url: reach?.origin, proxies: reach?.named, tls: isTlsGiven, port, host },
		mail: smtp
			? { how: 'smtp', server: smtp.url.host, from: smtp.from }
			: { how: 'files', folder: join(folder, 'mail') },
		openHub: (address) => openFirst(options, address),
		useTls,
		finish,
		now: () => Math.floor(Date.now() / 1000)
	});
	const door = makeDoor({
		read: () => setup.record().browser,
		write: (browser) => setup.change({ browser })
	});
	useTlsOf(setup);
	return {
		fetch: makeSetupApp(setup, door, options).fetch,
		begin: async (url) => {
			listening = url;
		},
		address: (url) => `${url}/setup/${door.code}`,
		reload: async () => undefined,
		close: setup.close
	};
}

async function refuseUsedDatabase(url: string): Promise<void> {
	const store = await openPostgres(url);
	try {
		if ((await store.db.$count(hubTable)) === 0) return;
	} finally {
		await store.close();
	}
	throw new Fault(
		'STORE_NOT_EMPTY',
		'There is a hub in this database already, and its keys are not in this folder.',
		'Name the folder of that hub by --data, or an empty database.'
	);
}

async function openFirst(options: HubOptions, address: string): Promise<OpenedHub> {
	const { data } = options;
	const keys = await readHubKeys(data);
	const store = await openStore(options);
	try {
		const { hub, close } = await openHub(store, data, { keys, address });
		const transport = transportOf(options);
		return {
			hub,
			sendMail: () => sendMail(hub, transport),
			close: async () => {
				await close();
				await store.close();
			}
		};
	} catch (error) {
		await store.close();
		throw error;
	}
}

function makeSetupApp(setup: Setup, door: Door, { logLevel, reach }: HubOptions): Hono {
	const app = new Hono();
	const log = openLog(logLevel ?? 'silent');
	const caller = (context: Context): Caller => {
		// Under whatever name it is opened: it has no public address yet.
		const proxies = proxiesNow(setup) ?? reach?.proxies ?? proxiesOf([])!;
		const isTls = new URL(context.req.url).protocol === 'https:';
		return callerOf({ proxies, isTls }, context.req.raw, socketAddressOf(context));
	};
	/** Nowhere else can the page send anything, whatever is in it. */
	const asksItself = () => {
		const { reach: kept } = setup.record();
		return kept ? [kept.url] : [];
	};
	app.use(
		'*',
		securityHeaders({
			scripts: () => inlineScriptHashes(),
			isSecure: () => false,
			connect: asksItself
		})
	);
	app.onError((error, context) => {
		log.error({ error: describeFault(error) }, 'fault');
		return context.text('500 Internal Server Error', 500);
	});
	app.get('/health/live', (context) => context.json({ live: true }));
	app.get('/health/ready', (context) => context.json({ ready: false, setup: true }, 503));

	app.get(`${CHECK}:nonce`, (context) => {
		const seen = seenFrom(
			{ reach: setup.record().reach, given: setup.given },
			context.req.param('nonce'),
			{
				origin: caller(context).origin,
				from: socketAddressOf(context)
			}
		);
		if (!seen) return context.notFound();
		// The page that asks is at another address, and what is said here is no secret.
		context.header('access-control-allow-origin', '*');
		context.header('cross-origin-resource-policy', 'cross-origin');
		context.header('cache-control', 'no-store');
		return context.json(seen);
	});

	const isBound = (context: Context) => door.knows(context.req.raw.headers);
	app.get('/setup', (context) => {
		if (!isBound(context)) return context.notFound();
		context.header('cache-control', 'no-store');
		const page = deskPage(asksItself());
		return page === undefined
			? context.text('The page is not built here: npm run build\n')
			: context.html(page);
	});
	app.get('/setup/ca.crt', (context) => {
		const file = join(setup.folder, 'tls/ca.crt');
		if (!isBound(context) || !existsSync(file)) return context.notFound();
		context.header('content-type', 'application/x-x509-ca-cert');
		context.header('content-disposition', 'attachment; filename="keyferry-ca.crt"');
		return context.body(readFileSync(file));
	});
	app.get('/setup/:code{[A-Za-z0-9_-]{22}}', async (context) => {
		// Looking ahead is not opening.
		if (context.req.raw.method !== 'GET') return context.notFound();
		const { address, isSecure } = caller(context);
		const cookie = await door.open(context.req.param('code'), { address, isSecure });
		// Whoever was let in may come by the same link again.
		if (cookie === undefined && !isBound(context)) return context.notFound();
		if (cookie !== undefined) context.header('set-cookie', cookie);
		context.header('cache-control', 'no-store');
		return context.redirect('/setup#/setup', 303);
	});

	let turn: Promise<unknown> = Promise.resolve();
	const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
		const mine = turn.then(work);
		turn = mine.catch(() => undefined);
		return mine;
	};
	app.use(
		'/setup/rpc/*',
		limitBody(() => BODY_LIMIT)
	);
	app.all('/setup/rpc/*', async (context) => {
		const { raw } = context.req;
		if (!isBound(context) || !isOwnCall(raw)) return context.notFound();
		const response = await fetchRequestHandler({
			endpoint: '/setup/rpc',
			req: raw,
			router: setupRouter,
			createContext: () => ({ setup, inTurn }),
			onError: ({ error }) => {
				if (error.code === 'INTERNAL_SERVER_ERROR')
					log.error({ error: describeFault(error.cause ?? error) }, 'fault');
			}
		});
		response.headers.set('cache-control', 'no-store');
		return response;
	});

	// What the page is made of.
	app.use('*', (context, next) =>
		door.knows(context.req.raw.headers) && /^\/(_app\/|icon\.svg$)/.test(context.req.path)
			? next()
			: Promise.resolve(context.notFound())
	);
	app.route('/', deskFiles());
	return app;
}

/** A proxy in front that nobody has named yet may have another scheme, and never another host. */
function isOwnCall({ headers, url }: Request): boolean {
	const origin = headers.get('origin');
	const isOwn = origin === null || URL.parse(origin)?.host === new URL(url).host;
	return isOwn && headers.get('x-keyferry') === '1';
}

function proxiesNow({ record }: Setup) {
	const { reach } = record();
	if (reach?.tls !== 'proxy') return undefined;
	return proxiesOf((reach.proxies ?? '').split(/[\s,]+/).filter(Boolean));
}

function socketAddressOf(context: Context): string {
	return getConnInfo(context).remote.address ?? 'unknown';
}
