/**
 * What a hub process is made of: store, keys, sign-in, HTTP and jobs.
 *
 * @module
 */
import { join } from 'node:path';
import { noticeKeyTerm, type EndingKey } from '#lib/domain/hub/hub-key.ts';
import { makeAuth, type Auth } from '#server/auth/auth.ts';
import { openEmbedded, openPostgres, type Store } from '#server/db/store.ts';
import { describeFault } from '#server/fault.ts';
import { proxiesOf, type Reach } from '#server/http/caller.ts';
import { defaultLimits, type Limits } from '#server/http/rate-limit.ts';
import { startJobs } from '#server/jobs/schedule.ts';
import { readHubKeys } from '#server/keys/folder.ts';
import {
	fileTransport,
	smtpTransport,
	type MailTransport,
	type SmtpOptions
} from '#server/mail/transport.ts';
import { watchProviders } from '#server/providers/discovery.ts';
import type { ProviderOptions } from '#server/providers/provider.ts';
import { dropIncoming } from '#server/operations/releases/release-folder.ts';
import { fillDemo, prepareDemo } from './demo.ts';
import { makeMetrics, type Metrics } from '#server/metrics/metrics.ts';
import type { Hub } from '#server/hub/hub.ts';
import type { Leader } from '#server/workers/leader.ts';
import { makeApp } from './hub-app.ts';
import { openLog } from './log.ts';
import { openHub, type HubContext } from './hub-context.ts';
import type { Process } from './process.ts';

/** As the options or the set-up say it. */
export type HubReach = Omit<Reach, 'isTls'> & {
	/** The proxies as they were named; absent where none was. */
	named?: string;
};

export type HubOptions = {
	/** Data folder. */
	data: string;
	databaseUrl?: string;
	/** Opens the store in another way than these two, for tests that break it. */
	openStore?: () => Promise<Store>;
	/** Fictional data on the first start; makes the hub itself where there is none. */
	demo?: boolean;
	/** Where it is reached, and by which proxies; by default under any name, by none. */
	reach?: HubReach;
	/** Anybody may make an account; in the demo they may. */
	openSignUp?: boolean;
	limits?: Limits;
	/** Whom people may sign in with. */
	providers?: readonly ProviderOptions[];
	/** How mail leaves; by default as files in the data folder. */
	smtp?: SmtpOptions;
	/** Events may be sent to private addresses and by plain HTTP. [WH1] */
	webhooksToLan?: boolean;
	/** Told what a person at the console needs to know. */
	say?: (line: string) => void;
	/** Who shows it may read `/metrics` from anywhere; without it, programs on this machine. */
	metricsToken?: string;
	/** JSON lines; silent unless given. */
	logLevel?: 'silent' | 'info' | 'warn';
};

/** For the other processes of the same hub. */
export type HubRole = Process & {
	hub: Hub;
	metrics: Metrics;
	/** Another process has learned the grant of a hub key. */
	learn: Hub['addGrant'];
	/** Tells the log. */
	onFault: (error: unknown, what: string) => void;
};

/**
 * @param tls - Absent without TLS; `authority` is the one that `init --tls` made.
 * @param leader - Present in a worker: what is done once for a hub is done by the process that leads.
 */
export async function openHubRole(
	options: HubOptions,
	tls?: { authority?: string },
	leader?: Leader
): Promise<HubRole> {
	const { data, demo = false } = options;
	if (demo) await prepareDemo(data);
	const keys = await readHubKeys(data);
	const log = openLog(options.logLevel ?? 'silent');
	if (!leader) await dropIncoming(join(data, 'releases'));
	const store = await openStore(options);
	let context: HubContext;
	try {
		context = await openHub(store, data, {
			keys,
			authority: tls?.authority,
			reissue: !leader,
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
	const learn = hub.addGrant;
	const { origin, proxies } = options.reach ?? { proxies: proxiesOf([])! };
	const reach = { origin, proxies, isTls: tls !== undefined };
	const secret = keys.authSecret;
	const auths = [false, true].map((isSecure) => makeAuth({ db: store.db, secret, isSecure })) as [
		Auth,
		Auth
	];
	const auth = (isSecure: boolean) => auths[isSecure ? 1 : 0];
	const noticeKey = () => {
		const key = noticeKeyTerm(hub.signer, hub.now());
		if (key) log.warn({ key, next: 'keyferry hub-key rotate' }, keyWords(key));
	};
	let isReady = false;
	let stopJobs = async () => {};
	const metrics = makeMetrics(hub);
	if (leader) takePart(hub, leader);
	const onProviderFault = (provider: string, error: unknown) =>
		log.warn({ provider, error: describeFault(error) }, 'a provider did not answer');
	const providers = watchProviders(options.providers ?? [], { onFault: onProviderFault });
	const app = makeApp({
		metrics: { ...metrics, ...(leader && { read: leader.metrics }) },
		metricsToken: options.metricsToken,
		isReady: () => isReady,
		hub,
		store,
		auth,
		published,
		time,
		limits: options.limits ?? defaultLimits,
		counts: leader?.counts,
		slots: leader?.slots,
		reach,
		openSignUp: options.openSignUp ?? demo,
		providers,
		onProviderFault,
		log
	});
	return {
		hub,
		metrics,
		learn,
		onFault: (error, what) => log.error({ error: describeFault(error) }, what),
		fetch: app.fetch,
		begin: async (url) => {
			hub.address = origin ?? url;
			hub.webhooksToLan = options.webhooksToLan;
			if (demo) await fillDemo({ hub, auth: auth(true), folder: data, url: hub.address });
			isReady = true;
			if (leader) return;
			noticeKey();
			stopJobs = startJobs(hub, {
				transport: transportOf(options),
				// Files in a folder tell nobody anything in time.
				reminds: options.smtp !== undefined,
				onDay: noticeKey,
				onFault: (error) =>
					log.error({ error: describeFault(error) }, 'what is done by time could not be done')
			});
		},
		reload: context.reload,
		close: async () => {
			await stopJobs();
			providers.close();
			metrics.close();
			await context.close();
			await store.close();
		}
	};
}

/** What the process that leads does for all is asked of it, and what is learned is told to it. */
function takePart(hub: Hub, { nudge, learn }: Leader): void {
	hub.sendMail = () => nudge('sendMail');
	hub.sendAttachCodes = () => nudge('sendAttachCodes');
	hub.sendWebhooks = () => nudge('sendWebhooks');
	hub.addGrant = learn;
}

/** By day: the hour of a term says nothing to anybody. [KE1] */
function keyWords({ endsAt, hasEnded }: EndingKey): string {
	const day = new Date(endsAt * 1000).toISOString().slice(0, 10);
	return hasEnded
		? `the hub key ended on ${day}: nothing is signed until it is rotated`
		: `the hub key ends on ${day}`;
}

/** As the options say. */
export function openStore({ data, databaseUrl, openStore: own }: HubOptions): Promise<Store> {
	if (own) return own();
	return databaseUrl === undefined ? openEmbedded(data) : openPostgres(databaseUrl);
}

/** How mail leaves this hub. */
export function transportOf({ smtp, data, say = () => undefined }: HubOptions): MailTransport {
	if (smtp) return smtpTransport(smtp);
	return fileTransport(join(data, 'mail'), { from: 'keyferry@localhost', say });
}
