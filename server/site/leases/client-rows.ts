/**
 * Who works and who waits, for whoever looks after the site. [K7]
 *
 * @module
 */
import { warnOfVersions } from '#lib/domain/site/client-version.ts';
import { placeIn } from '#lib/domain/site/lease.ts';
import type { SiteClient } from '#lib/protocol/site-console.ts';
import { countsOf, type Commons, type PoolCounts } from './commons.ts';
import { restartOf } from './terms.ts';

export type PoolSummary = PoolCounts & {
	product: string;
	title: string;
	version?: string;
	/** Activation files that it comes from. */
	files: string[];
};

export function listClients({ holdings, pools, parts }: Commons): SiteClient[] {
	const now = parts.monotonic();
	return Array.from(holdings.all(), (holding) => {
		const { id, product, client, user, machine, version, lease, place } = holding;
		const of = pools.get(product)!;
		const warning = warnOfVersions(version, parts.versionsOf(product).version);
		const who = { id, product, client, user, machine, version, warning };
		if (!lease)
			return {
				...who,
				state: place?.offer ? 'offered' : 'waiting',
				place: place && placeIn(of.pool, place)
			};
		const { since, resource, activation } = lease;
		const license = of.serving.get(activation)?.num;
		return {
			...who,
			state: 'working',
			since,
			resource,
			license,
			restart: restartOf(of, lease, now)
		};
	});
}

export function summarizePools({ pools, parts }: Commons): PoolSummary[] {
	return Array.from(pools.values(), (of) => {
		const { title, files } = of;
		const { product } = of.pool;
		return { product, title, files, version: parts.versionsOf(product).version, ...countsOf(of) };
	});
}
