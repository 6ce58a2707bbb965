/**
 * What a site server's process is made of: the site, and its HTTP face for products, watchers and
 * browsers.
 *
 * @module
 */
import { randomUUID } from 'node:crypto';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import type { Seconds } from '#lib/domain/time.ts';
import { recordedSources } from '#lib/sdk/node/sources/recorded.ts';
import { examineSite } from '#server/doctor/site.ts';
import { describeFault } from '#server/fault.ts';
import { callerOf, proxiesOf, type Caller, type Reach } from '#server/http/caller.ts';
import { refusalOfFault } from '#server/http/fault-refusal.ts';
import { faultDocument, problemDocument } from '#server/http/problem.ts';
import type { Direct } from '#server/http/two-way-port.ts';
import type { GivenReach } from '#server/reach/said-reach.ts';
import { openSiteAdmin } from '#server/site/admin/site-admin.ts';
import { makeAdminApp } from '#server/site/pages/admin-app.ts';
import { followAnnouncing } from '#server/site/announce.ts';
import { endListening, noteListening } from '#server/site/operator/listening-note.ts';
import { isLoopback, namesForOthers, openOwnNames } from '#server/site/own-names.ts';
import { makeSiteMetrics } from '#server/site/watching/site-metrics.ts';
import { openSite, type Site, type SiteOptions } from '#server/site/site.ts';
import {
	defaultCallLimits,
	makeCallCounter,
	type CallLimits
} from '#server/site/v1/call-limits.ts';
import { answerDirectly } from '#server/site/v1/direct.ts';
import { openStreams } from '#server/site/v1/streams.ts';
import type { HubReach } from './hub.ts';
import { openLog } from './log.ts';
import { makeSiteApp } from './site-app.ts';
import type { Process } from './process.ts';

export type SiteRoleOptions = {
	data: string;
	/** File of the vendor's root keys, for the first start. */
	roots?: string;
	/** Address that it listens on. */
	host?: string;
	reach?: HubReach;
	logLevel?: 'silent' | 'info' | 'warn';
	metricsToken?: string;
	callLimits?: CallLimits;
} & Pick<SiteOptions, 'probe' | 'now'>;

/** The port that it is served by. */
export type SitePort = {
	/** Answers encrypted lines beside plain ones, from now on. */
	useTls: (tls: { cert: string; key: string }) => void;
	/** Absent where lines are plain. */
	tls?: { cert: string; authority?: string };
	/** What options of the command line say: it is not asked for. */
	given: GivenReach;
};

export type SiteProcess = Process & {
	site: Site;
	/** For the console alone, until there is an account: the address that opens the set-up, once. [ST2] */
	setup: (url: string) => string | undefined;
	/** Takes calls about leases before they become requests. */
	direct: Direct;
	/** Ends what would go on for ever: those who watch come again. */
	drain: () => void;
};

export async function openSiteRole(
	options: SiteRoleOptions,
	{ tls, useTls, given }: SitePort
): Promise<SiteProcess> {
	const log = openLog(options.logLevel ?? 'silent');
	const { data, roots, host = '127.0.0.1' } = options;
	const site = await openSite({
		data,
		roots,
		probe: options.probe ?? recordedSources(),
		now: options.now ?? clockForTests(),
		onFault: (error) =>
			log.error({ error: describeFault(error) }, 'what is done by time could not be done')
	});
	let listening = '';
	let takeBack = (): void => undefined;
	let cert = tls?.cert;
	const admin = openSiteAdmin(site, {
		listening: () => listening,
		isLocalOnly: isLoopback(host),
		names: namesForOthers,
		given,
		useTls: (files) => {
			({ cert } = files);
			useTls(files);
		},
		examine: (language) => {
			const { port } = new URL(listening);
			return examineSite({
				data: site.folder,
				host,
				port: Number(port),
				url: reach().origin,
				language,
				probe: options.probe ?? recordedSources(),
				now: () => site.now()
			});
		}
	});
	/** As its set-up has it, where no option of the command line does. */
	const reach = (): Reach => {
		const { origin, proxies } = options.reach ?? {};
		const said = admin.setup.reach();
		const named = said?.tls === 'proxy' ? (said.proxies ?? '').split(/[\s,]+/).filter(Boolean) : [];
		return {
			// Under whatever name it is opened, until its own is settled.
			origin: origin ?? (admin.setup.isReachSettled() ? said?.url : undefined),
			proxies: proxies ?? proxiesOf(named)!,
			isTls: tls !== undefined
		};
	};
	const caller = (context: Context): Caller => {
		// While it is set up, one port takes both kinds of lines.
		const isTls = new URL(context.req.url).protocol === 'https:';
		const { remote } = getConnInfo(context);
		return callerOf({ ...reach(), isTls }, context.req.raw, remote.address ?? 'unknown');
	};
	const pages = makeAdminApp(admin, {
		callerOf: caller,
		onFault: (path, error) => log.error({ path, error: describeFault(error) }, 'fault')
	});
	const streams = openStreams();
	const counter = makeCallCounter(options.callLimits ?? defaultCallLimits, site.monotonic);
	const edge = { site, streams, counter };
	const metrics = makeSiteMetrics(site);
	const { metricsToken } = options;
	const isOwnName = openOwnNames(() => ({ origin: reach().origin, cert }), site.monotonic);
	const direct = answerDirectly(edge, {
		isOwn: isOwnName,
		// What a proxy says of its caller takes a longer look.
		addressOf: ({ socket, headers }) =>
			headers['x-forwarded-for'] === undefined ? socket.remoteAddress : undefined,
		faultOf: (error, { method, path }) => {
			const support = randomUUID();
			log.error({ support, method, path, error: describeFault(error) }, 'fault');
			const refusal = refusalOfFault(error);
			return refusal ? problemDocument(refusal) : faultDocument(support);
		}
	});
	return {
		site,
		setup: (url) => {
			const link = pages.link();
			return link === undefined ? undefined : url + link;
		},
		fetch: makeSiteApp({ ...edge, log, reach, isOwnName, caller, pages, metrics, metricsToken })
			.fetch,
		begin: async (url) => {
			listening = url;
			noteListening(data, { url, origin: options.reach?.origin });
			takeBack = followAnnouncing(site, { listening: url, host, origin: () => reach().origin });
		},
		direct,
		drain: streams.endAll,
		reload: () => site.refresh(),
		close: async () => {
			takeBack();
			endListening(data);
			metrics.close();
			admin.getting.stop();
			await site.close();
		}
	};
}

/** `KEYFERRY_CLOCK`: seconds to go beside the system's clock by, under `NODE_ENV=test` alone. */
function clockForTests(): (() => Seconds) | undefined {
	if (process.env.NODE_ENV !== 'test') return undefined;
	const beside = Number(process.env.KEYFERRY_CLOCK ?? 0);
	return () => Math.max(0, Math.floor(Date.now() / 1000) + beside);
}
