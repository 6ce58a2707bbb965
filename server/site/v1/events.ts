/** `GET /v1/leases/{id}/events`: what happens to a lease, or a place in line, as it happens. [LE6] */
import { isRefusal, refuse } from '#lib/domain/refusal.ts';
import { refused } from '#server/http/json-content.ts';
import type { SiteEndpoint } from './endpoint.ts';
import { decline, prove } from './exchange.ts';
import { findHeld } from './lease.ts';

/** After which whoever is one stream too many may come again. */
const RETRY_SECONDS = 30;

export const getEvents: SiteEndpoint = {
	method: 'get',
	path: '/v1/leases/:id/events',
	operation: {
		operationId: 'events',
		summary: 'Watch a lease, or a place in line.',
		description:
			'Server-sent events, each with its number as `id` and `MAC JSON` as `data`, the MAC under the key ' +
			'of the lease. The answer itself is proven as one without a body.',
		parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
		responses: {
			200: {
				description: 'Events.',
				content: { 'text/event-stream': { schema: { type: 'string' } } }
			},
			default: refused
		}
	},
	answer: ({ site, streams }, call, id) => {
		const found = findHeld(site, { call, id });
		if (isRefusal(found)) return decline(found, call);
		const { holding, proof } = found;
		const { nonce } = proof;
		if (holding.over) return prove(decline(holding.over, call), nonce, holding.key());
		const stream = streams.open(site.pools, holding);
		if (!stream) {
			const tooMany = refuse('RATE_LIMITED', { retryAfterSeconds: RETRY_SECONDS });
			return prove(decline(tooMany, call), nonce, holding.key());
		}
		const headers = { 'content-type': 'text/event-stream', 'cache-control': 'no-store' };
		return { ...prove({ status: 200, headers, body: '' }, nonce, holding.key()), stream };
	}
};
