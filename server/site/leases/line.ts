/**
 * What becomes free: by time, and for those in line. [LE2]
 *
 * @module
 */
import { lapsed, placeIn, serveLine, OFFER_SECONDS } from '#lib/domain/site/lease.ts';
import { dropLease, dropPlace } from '#lib/domain/site/pool.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { tellingOf, type Commons, type Pooled } from './commons.ts';
import type { Holding } from './holdings.ts';

/** Out of memory at once, and off the disk before anything that needs its room. */
export function drop(
	{ parts, rows, holdings, pools }: Commons,
	holding: Holding,
	why: Refusal<'LEASE_ENDED' | 'REPLACED'>
): Promise<void> {
	const { pool } = pools.get(holding.product)!;
	const { lease, place } = holding;
	if (place) dropPlace(pool, place);
	const held = lease !== undefined && dropLease(pool, lease);
	holdings.end(holding, why);
	if (!held) return Promise.resolve();
	const now = parts.now();
	return parts.store.commit(() => {
		rows.dropLease(holding);
		rows.spend(holding.nonce, now);
	});
}

/** What has ended by now makes room. @returns Whether anything has. */
export function sweep(commons: Commons, of: Pooled): boolean {
	const { leases, places } = lapsed(of.pool, commons.parts.monotonic());
	for (const { id } of [...leases, ...places]) {
		const holding = commons.holdings.find(id);
		if (!holding) continue;
		// Where the disk fails it is swept again after a restart.
		drop(commons, holding, refuse('LEASE_ENDED', { reason: '' })).catch(() => undefined);
		commons.say('expired', of, { holding });
	}
	const isFree = leases.length + places.length > 0;
	if (isFree) offerFree(commons, of);
	return isFree;
}

/** Those in line are told what is kept free for them, and the others that they have come nearer. */
export function offerFree({ parts, holdings }: Commons, of: Pooled): void {
	const { line } = of.pool;
	if (line.length === 0) return;
	const served = serveLine(of.pool, tellingOf(parts));
	if (served.length === 0) return;
	for (const place of line) {
		const holding = holdings.find(place.id);
		if (!holding) continue;
		for (const listener of holding.listeners)
			if (!place.offer) listener({ event: 'place', place: placeIn(of.pool, place) });
			else if (served.includes(place)) listener({ event: 'free', ttl: OFFER_SECONDS });
	}
}
