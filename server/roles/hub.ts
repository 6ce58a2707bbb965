/**
 * What a hub process is made of: store, keys, sign-in, HTTP and jobs.
 *
 * @module
 */
import pino from 'pino';
import { makeAuth, type Auth } from '#server/auth/auth.ts';
import { openEmbedded, openPostgres, type Store } from '#server/db/store.ts';
import { describeFault } from '#server/fault.ts';
import { proxiesOf, type Reach } from '#server/http/caller.ts';
import { defaultLimits, type Limits } from '#server/http/rate-limit.ts';
import { startJobs } from '#server/jobs/schedule.ts';
import { readHubKeys } from '#server/keys/folder.ts';
import { fillDemo, prepareDemo } from './demo.ts';
import { makeApp } from './hub-app.ts';
import { openHub, type HubContext } from './hub-context.ts';
import type { Process } from './process.ts';

export type HubOptions = {
	/** Data folder. */
	data: string;
	databaseUrl?: string;
	/** Opens the store in another way than these two, for tests that break it. */
	openStore?: () => Promise<Store>;
	/** Fictional data on the first start; makes the hub itself where there is none. */
	demo?: boolean;
	/** Where it is reached, and by which proxies; by default under any name, by none. */
	reach?: Omit<Reach, 'isTls'>;
	/** Anybody may make an account; in the demo they may. */
	openSignUp?: boolean;
	limits?: Limits;
	/** JSON lines; silent unless given. */
	logLevel?: 'silent' | 'info' | 'warn';
};

/** @param tls - Absent without TLS; `authority` is the one that `init --tls` made. */
export async function openHubRole(
	options: HubOptions,
	tls?: { authority?: string }
): Promise<Process> {
	const { data, demo = false } = options;
	if (demo) await prepareDemo(data);
	const keys = await readHubKeys(data);
	const log = pino({ level: options.logLevel ?? 'silent', base: undefined });
	const store = await openStore(options);
	let context: HubContext;
	try {
		context = await openHub(store, data, {
			keys,
			authority: tls?.authority,
			onLeap: (leap) =>
				log.warn({ leap }, 'the clock leapt: nothing is freed until keyferry hub-time confirm'),
			onFault: (support, error) =>
				log.error({ support, error: describeFault(error) }, 'a command failed')
		});
	} catch (error) {
		await store.close();
		throw error;
	}
	const { hub, time, published } = context;
	const { origin, proxies } = options.reach ?? { proxies: proxiesOf([])! };
	const reach = { origin, proxies, isTls: tls !== undefined };
	const secret = keys.authSecret;
	const auths = [false, true].map((isSecure) => makeAuth({ db: store.db, secret, isSecure })) as [
		Auth,
		Auth
	];
	const auth = (isSecure: boolean) => auths[isSecure ? 1 : 0];
	let isReady = false;
	let stopJobs = async () => {};
	const app = makeApp({
		isReady: () => isReady,
		hub,
		store,
		auth,
		published,
		time,
		limits: options.limits ?? defaultLimits,
		reach,
		openSignUp: options.openSignUp ?? demo,
		log
	});
	return {
		fetch: app.fetch,
		begin: async (url) => {
			if (demo) await fillDemo({ hub, auth: auth(true), folder: data, url: origin ?? url });
			isReady = true;
			stopJobs = startJobs(hub, {
				onFault: (error) =>
					log.error({ error: describeFault(error) }, 'seats could not be looked through')
			});
		},
		reload: context.reload,
		close: async () => {
			await stopJobs();
			await context.close();
			await store.close();
		}
	};
}

function openStore({ data, databaseUrl, openStore: own }: HubOptions): Promise<Store> {
	if (own) return own();
	return databaseUrl === undefined ? openEmbedded(data) : openPostgres(databaseUrl);
}
