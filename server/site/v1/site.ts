/** `GET /v1/site`: who serves here, and what. */
import * as z from 'zod';
import type { SiteInfo } from '#lib/protocol/lease.ts';
import { VERSION } from '#server/version.ts';
import { jsonContent, refused } from '#server/http/json-content.ts';
import type { SiteEndpoint } from './endpoint.ts';
import { answer } from './exchange.ts';

const info = z.strictObject({
	name: z.string(),
	version: z.string().describe('Version of the site server itself.'),
	dh: z.string().describe('X25519 public key of the site, base64url.'),
	key: z.string().describe('Ed25519 public key of its machine, base64url: signs leases.'),
	products: z.array(
		z.strictObject({
			product: z.string(),
			title: z.string(),
			version: z.string().optional().describe('Version of the product on the server.'),
			clients: z.int().describe('Clients that its active licenses allow.'),
			inUse: z.int().describe('Clients that hold a lease now.'),
			files: z.array(z.string()).describe('Activation files that these come from.')
		})
	)
});

export const getSite: SiteEndpoint = {
	method: 'get',
	path: '/v1/site',
	operation: {
		operationId: 'site',
		summary: 'Who serves here, and what.',
		description: 'For anyone who asks. Nothing in it is believed until a signed lease repeats it.',
		responses: { 200: { description: 'The site.', content: jsonContent(info) }, default: refused }
	},
	answer: ({ site }) => {
		const products = site.pools.summary().filter(({ files }) => files.length > 0);
		const said: SiteInfo = {
			name: site.name(),
			version: VERSION,
			dh: site.keys.dh,
			key: site.keys.machine,
			products: products.map(({ waiting: _, ...product }) => product)
		};
		return answer(200, said);
	}
};
