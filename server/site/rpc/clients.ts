/** Who works with this server and who waits; a lease is ended with its reason. [LE4, LE6] */
import * as z from 'zod';
import { refuse } from '#lib/domain/refusal.ts';
import type { SiteClients } from '#lib/protocol/site-console.ts';
import { RefusalError } from '#server/rpc/refusal-error.ts';
import { poolsOf } from './pools.ts';
import { admin, siteRouterOf } from './procedures.ts';

/** More than any site has, and as many as a browser draws at once. */
const MOST_LISTED = 1000;

const reason = z
	.string()
	.max(200)
	.regex(/^[^\p{Cc}\p{Cs}]*$/u);

export const clients = siteRouterOf({
	list: admin.query(({ ctx: { site } }): SiteClients => {
		const all = site.pools.list();
		return {
			pools: poolsOf(site),
			clients: all.slice(0, MOST_LISTED),
			more: Math.max(0, all.length - MOST_LISTED)
		};
	}),
	end: admin
		.input(z.strictObject({ id: z.uuid(), reason }))
		.mutation(async ({ ctx: { site }, input }): Promise<null> => {
			if (await site.pools.end(input.id, input.reason)) return null;
			throw new RefusalError(refuse('LEASE_ENDED', { reason: '' }));
		})
});
