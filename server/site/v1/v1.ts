/**
 * `/v1` of a site server: what products ask. No cookie counts, and no other site's page reads an answer.
 *
 * @module
 */
import { Hono, type Context } from 'hono';
import { limitBody } from '#server/http/body-limit.ts';
import { CLAIM_LIMIT, limited } from './direct.ts';
import type { SiteEdge, SiteEndpoint } from './endpoint.ts';
import { getEvents } from './events.ts';
import { releaseLease, renewLease } from './lease.ts';
import { postLeases } from './leases.ts';
import { siteOpenApi } from './openapi.ts';
import { getResources } from './resources.ts';
import { getSite } from './site.ts';

/** In the order of the document. */
export const siteEndpoints: readonly SiteEndpoint[] = [
	getSite,
	getResources,
	postLeases,
	renewLease,
	releaseLease,
	getEvents
];

/** To be mounted at the root: its paths begin with `/v1`. */
export function siteV1(edge: SiteEdge, addressOf: (context: Context) => string): Hono {
	const app = new Hono();
	app.use(
		'/v1/*',
		limitBody(() => CLAIM_LIMIT)
	);
	const document = siteOpenApi(siteEndpoints);
	app.get('/v1/openapi.json', (context) => context.json(document));
	for (const { method, path, answer } of siteEndpoints)
		app[method](path, async (context) => {
			const { raw } = context.req;
			const url = new URL(raw.url);
			const call = {
				method: raw.method,
				path: `${url.pathname}${url.search}`,
				headers: raw.headers,
				body: raw.body ? await raw.text() : '',
				address: addressOf(context)
			};
			const answered = await answer(edge, call, context.req.param('id') ?? '');
			const { status, headers, body, stream } = limited(edge, call, answered);
			return new Response(stream ?? body, { status, headers });
		});
	return app;
}
