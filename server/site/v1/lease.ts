/** `PUT` and `DELETE /v1/leases/{id}`: a lease, or a place in line, goes on or is given up. [LE4] */
import * as z from 'zod';
import { isRefusal, refuse } from '#lib/domain/refusal.ts';
import { restartReasons } from '#lib/domain/site/lease.ts';
import type { Holding } from '#server/site/leases/holdings.ts';
import type { Site } from '#server/site/site.ts';
import { jsonContent, refused } from '#server/http/json-content.ts';
import type { SiteEndpoint } from './endpoint.ts';
import {
	answer,
	decline,
	isProven,
	callProofOf,
	prove,
	type Answered,
	type ClientCall,
	type Proof
} from './exchange.ts';

const renewed = z.strictObject({
	state: z
		.enum(['granted', 'waiting'])
		.describe('`granted` of a place in line: claim again, once.'),
	ttl: z.int().describe('Seconds from now that it lives.'),
	place: z.int().optional(),
	restart: z
		.strictObject({ reason: z.enum(restartReasons), within: z.int() })
		.optional()
		.describe('Terms have changed: start again within so many seconds.')
});

const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }];

export const renewLease: SiteEndpoint = {
	method: 'put',
	path: '/v1/leases/:id',
	operation: {
		operationId: 'renew',
		summary: 'Renew a lease, or keep a place in line.',
		description: 'Proven by `keyferry-mac` under the key of the lease; no body.',
		parameters,
		responses: {
			200: { description: 'It goes on.', content: jsonContent(renewed) },
			default: refused
		}
	},
	answer: ({ site }, call, id) =>
		ofHolder(site, { call, id }, (holding) => {
			const renewal = site.pools.renew(holding);
			return isRefusal(renewal) ? decline(renewal, call) : answer(200, renewal);
		})
};

export const releaseLease: SiteEndpoint = {
	method: 'delete',
	path: '/v1/leases/:id',
	operation: {
		operationId: 'release',
		summary: 'Release a lease, or leave the line.',
		description: 'Proven by `keyferry-mac` under the key of the lease; no body. Again is the same.',
		parameters,
		responses: {
			200: { description: 'It is free.', content: jsonContent(z.strictObject({})) },
			default: refused
		}
	},
	answer: ({ site }, call, id) =>
		ofHolder(site, { call, id }, async (holding) => {
			if (holding.over?.refused === 'REPLACED') return decline(holding.over, call);
			await site.pools.release(holding);
			return answer(200, {});
		})
};

/** Whoever has not its key is told no more than of one that never was. */
export async function ofHolder(
	site: Site,
	{ call, id }: { call: ClientCall; id: string },
	work: (holding: Holding) => Answered | Promise<Answered>
): Promise<Answered> {
	const found = findHeld(site, { call, id });
	if (isRefusal(found)) return decline(found, call);
	const { holding, proof } = found;
	return prove(await work(holding), proof.nonce, holding.key());
}

export function findHeld(site: Site, { call, id }: { call: ClientCall; id: string }) {
	const proof = callProofOf(call);
	if (isRefusal(proof)) return proof;
	const holding = site.pools.find(id);
	if (!holding || !isProven(call, proof, holding.key()))
		return refuse('LEASE_ENDED', { reason: '' });
	return { holding, proof } satisfies { holding: Holding; proof: Proof };
}
