/** `GET /v1/resources`: what clients may open here. [RS1] */
import * as z from 'zod';
import { refuse } from '#lib/domain/refusal.ts';
import type { ListedResource } from '#lib/protocol/lease.ts';
import { jsonContent, refused } from '#server/http/json-content.ts';
import type { SiteEndpoint } from './endpoint.ts';
import { answer, decline } from './exchange.ts';

const listed = z.strictObject({
	resources: z.array(
		z.strictObject({
			name: z.string(),
			kind: z.string().describe('What people call things like it, such as `database`.'),
			customer: z.string(),
			inUse: z.int().describe('Clients in it now.'),
			limit: z.int().optional().describe('Its own limit, where it has one.')
		})
	)
});

export const getResources: SiteEndpoint = {
	method: 'get',
	path: '/v1/resources',
	operation: {
		operationId: 'resources',
		summary: 'What clients of a product may open here.',
		description:
			'For anyone who asks. Those whose license is not active here are not in it; opening one takes a lease.',
		parameters: [{ name: 'product', in: 'query', required: true, schema: { type: 'string' } }],
		responses: {
			200: { description: 'By name.', content: jsonContent(listed) },
			default: refused
		}
	},
	answer: async ({ site }, asked) => {
		const product = new URLSearchParams(asked.path.split('?')[1]).get('product');
		if (!product)
			return decline(refuse('BODY_INVALID', { path: 'product', reason: 'missing' }), asked);
		const active = await site.licensing().active();
		const numbers = new Set(active.map(({ activation }) => activation.num));
		const resources = site.resources
			.list(product)
			.filter(({ license }) => numbers.has(license))
			.map(({ name, kind, customer, limit }): ListedResource => {
				const inUse = site.pools.inResource(product, name);
				return { name, kind, customer, inUse, ...(limit !== undefined && { limit }) };
			});
		return answer(200, { resources });
	}
};
