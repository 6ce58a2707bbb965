/**
 * The pools as pages show them: of each product that is served.
 *
 * @module
 */
import type { SitePool } from '#lib/protocol/site-console.ts';
import type { SiteContext } from './procedures.ts';

export function poolsOf({ pools }: Pick<SiteContext['site'], 'pools'>): SitePool[] {
	return pools
		.summary()
		.map(({ product, title, version, clients, inUse, waiting }) => ({
			product,
			title,
			version,
			clients,
			inUse,
			waiting
		}))
		.sort((a, b) => a.title.localeCompare(b.title, 'en'));
}
