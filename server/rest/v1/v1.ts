/**
 * `/v1`: plain JSON for products in any language.
 *
 * @module
 */
import { Hono } from 'hono';
import { BODY_LIMIT, limitBody } from '#server/http/body-limit.ts';
import { activations } from './activations.ts';
import { adopt } from './adopt.ts';
import { backup } from './backup.ts';
import type { Endpoint, RestEdge } from './endpoint.ts';
import { facts } from './facts.ts';
import { openApiDocument } from './openapi.ts';
import { pushes } from './pushes.ts';
import { returns } from './returns.ts';

/** In the order of the document. */
const endpoints: readonly Endpoint[] = [activations, adopt, backup, facts, pushes, returns];

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
