/**
 * The HTTP face of a site server: products, watchers and browsers on one port.
 *
 * @module
 */
import { randomUUID } from 'node:crypto';
import { Hono, type Context } from 'hono';
import type { Logger } from 'pino';
import { refuse } from '#lib/domain/refusal.ts';
import { describeFault } from '#server/fault.ts';
import type { Caller, Reach } from '#server/http/caller.ts';
import { inlineScriptHashes } from '#server/http/desk-files.ts';
import { refusalOfFault } from '#server/http/fault-refusal.ts';
import { fault, languageOf, problem } from '#server/http/problem.ts';
import { securityHeaders } from '#server/http/security-headers.ts';
import { mayWatch } from '#server/metrics/may-watch.ts';
import type { AdminApp } from '#server/site/pages/admin-app.ts';
import type { SiteEdge } from '#server/site/v1/endpoint.ts';
import { siteV1 } from '#server/site/v1/v1.ts';
import { readReadiness } from '#server/site/watching/readiness.ts';
import type { SiteMetrics } from '#server/site/watching/site-metrics.ts';

export type SiteAppParts = SiteEdge & {
	log: Logger;
	reach: () => Reach;
	/** Whether a `Host` is one of the site's names. [ST5] */
	isOwnName: (host: string) => boolean;
	caller: (context: Context) => Caller;
	pages: AdminApp;
	metrics: SiteMetrics;
	/** Who shows it may read the metrics from anywhere. */
	metricsToken?: string;
};

export function makeSiteApp(parts: SiteAppParts): Hono {
	const { log, reach, isOwnName, caller, pages, metrics, metricsToken, ...edge } = parts;
	const { site } = edge;
	const app = new Hono();
	app.use(
		'*',
		securityHeaders({
			scripts: () => inlineScriptHashes(),
			isSecure: (context) => caller(context).isSecure,
			connect: pages.connect
		})
	);
	app.onError((error, context) => {
		const support = randomUUID();
		const { method, path } = context.req;
		log.error({ support, method, path, error: describeFault(error) }, 'fault');
		const refusal = refusalOfFault(error);
		if (!refusal) return fault(support);
		return problem(refusal, { language: languageOf(context.req.raw.headers) });
	});
	app.get('/health/live', (context) => context.json({ live: true }));
	app.get('/health/ready', async (context) => {
		const readiness = await readReadiness(site);
		return context.json(readiness, readiness.ready ? 200 : 503);
	});
	app.get('/metrics', async (context) => {
		const { raw, path } = context.req;
		const { address } = caller(context);
		if (!mayWatch(raw, { token: metricsToken, address, origin: reach().origin }))
			return problem(refuse('NOT_FOUND', { what: path }), { language: languageOf(raw.headers) });
		const { type, text } = await metrics.read(edge.streams.count());
		return context.body(text, 200, { 'content-type': type, 'cache-control': 'no-store' });
	});
	app.use('*', async (context, next) => {
		const { raw, path } = context.req;
		const { origin } = reach();
		// Pages are opened under any name until their own is settled.
		const isNew = origin === undefined && !path.startsWith('/v1/');
		const isOwn = isNew || isOwnName(new URL(raw.url).host);
		if (isOwn) return next();
		return problem(refuse('HOST_NOT_SERVED', { address: origin ?? '' }), {
			language: languageOf(raw.headers)
		});
	});
	app.route(
		'/',
		siteV1(edge, (context) => caller(context).address)
	);
	app.route('/', pages.app);
	app.notFound((context) =>
		problem(refuse('NOT_FOUND', { what: context.req.path }), {
			language: languageOf(context.req.raw.headers)
		})
	);
	return app;
}
