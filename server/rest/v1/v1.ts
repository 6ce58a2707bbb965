/**
 * `/v1`: plain JSON for products in any language.
 *
 * @module
 */
import { Hono } from 'hono';
import { BODY_LIMIT, limitBody } from '#server/http/body-limit.ts';
import { postActivations } from './activations.ts';
import { postAdopt } from './adopt.ts';
import { getBackup } from './backup.ts';
import { getCalendar } from './calendar.ts';
import { postDeviceAuthorizations } from './device-authorizations.ts';
import { postDeviceTokens } from './device-tokens.ts';
import type { Endpoint, RestEdge } from './endpoint.ts';
import { postFacts } from './facts.ts';
import { openApiDocument } from './openapi.ts';
import { postOrders } from './orders.ts';
import { postPushes } from './pushes.ts';
import { getReleaseFile } from './release-file.ts';
import { postReleaseUpload } from './release-upload.ts';
import { postReleases } from './releases.ts';
import { postReturns } from './returns.ts';
import { postUsage } from './usage.ts';

/** In the order of the document. */
export const endpoints: readonly Endpoint[] = [
	postActivations,
	postAdopt,
	getBackup,
	getCalendar,
	postDeviceAuthorizations,
	postDeviceTokens,
	postFacts,
	postOrders,
	postPushes,
	postReleases,
	getReleaseFile,
	postReleaseUpload,
	postReturns,
	postUsage
];

const limits = new Map<string, number>(
	endpoints.map(({ path, bodyLimit = BODY_LIMIT }) => [path, bodyLimit])
);

/** To be mounted at the root: its paths begin with `/v1`. */
export function v1(edge: RestEdge): Hono {
	const app = new Hono();
	app.use(
		'/v1/*',
		limitBody((path) => limits.get(path) ?? BODY_LIMIT)
	);
	const document = openApiDocument(endpoints);
	app.get('/v1/openapi.json', (context) => context.json(document));
	for (const { method, path, handler } of endpoints) app[method](path, handler(edge));
	return app;
}
