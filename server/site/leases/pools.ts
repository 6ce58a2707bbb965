/**
 * The pools of a site server: decided in memory, and on the disk before anybody is answered.
 * [LE1, LE2, LE3, LE6, LE7]
 *
 * @module
 */
import { placeIn } from '#lib/domain/site/lease.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { LeaseAsk, LeaseEvent, RenewAnswer } from '#lib/protocol/lease.ts';
import type { SiteClient } from '#lib/protocol/site-console.ts';
import { claimLease, type Claimed, type ClaimProof } from './claim.ts';
import { listClients, summarizePools, type PoolSummary } from './client-rows.ts';
import { countsOf, type Commons, type PoolEvent, type PoolsParts } from './commons.ts';
import { openHoldings, type Holding } from './holdings.ts';
import { openLeaseRows } from './lease-rows.ts';
import { drop, offerFree, sweep } from './line.ts';
import { loadPools, restartOf, setActive, type ActiveLicense } from './terms.ts';

export type Pools = {
	claim(ask: LeaseAsk, proof: ClaimProof): Promise<Claimed | Refusal>;
	/** A lease or place, or one that is over, for whoever has its key. */
	find(id: string): Holding | undefined;
	renew(holding: Holding): RenewAnswer | Refusal<'LEASE_ENDED' | 'REPLACED'>;
	release(holding: Holding): Promise<void>;
	/** By an admin, whose reason the client is shown. @returns Whether there was such a lease or place. */
	end(id: string, reason: string): Promise<boolean>;
	/** What a client that watches is told. @returns How to stop. */
	listen(holding: Holding, listener: (event: LeaseEvent) => void): () => void;
	/** What has happened to it already, and whoever watches is to know. */
	pending(holding: Holding): LeaseEvent | undefined;
	list(): SiteClient[];
	summary(): PoolSummary[];
	/** Leases in a resource now. [RS1] */
	inResource(product: string, name: string): number;
	watch(listener: (event: PoolEvent) => void): () => void;
	/** What is active now: whoever holds a lease under other terms is told. [LE6] */
	setActive(active: readonly ActiveLicense[]): Promise<void>;
	/** What has ended by now: asked once in each cull interval. [LE2] */
	sweep(): void;
};

export function openPools(parts: PoolsParts): Pools {
	const listeners = new Set<(event: PoolEvent) => void>();
	const commons: Commons = {
		parts,
		rows: openLeaseRows(parts.store.db),
		holdings: openHoldings(),
		pools: new Map(),
		say: (event, of, more) => {
			if (listeners.size === 0) return;
			const said = { event, product: of.pool.product, ...countsOf(of), ...more };
			for (const listener of listeners) listener(said);
		}
	};
	loadPools(commons);
	const { holdings, pools, say } = commons;

	const end = async (
		holding: Holding,
		event: PoolEvent['event'],
		reason = ''
	): Promise<boolean> => {
		if (holding.over) return false;
		const of = pools.get(holding.product)!;
		const done = drop(commons, holding, refuse('LEASE_ENDED', { reason }));
		offerFree(commons, of);
		say(event, of, { holding });
		await done;
		return true;
	};
	return {
		claim: (ask, proof) => claimLease(commons, ask, proof),
		find: holdings.find,
		renew: (holding) => renew(commons, holding),
		release: async (holding) => {
			await end(holding, 'released');
		},
		end: async (id, reason) => {
			const holding = holdings.find(id);
			return holding !== undefined && end(holding, 'ended', reason);
		},
		listen: (holding, listener) => {
			holding.listeners.add(listener);
			return () => void holding.listeners.delete(listener);
		},
		pending: ({ product, lease, place }) => {
			const now = parts.monotonic();
			const notice = lease && restartOf(pools.get(product)!, lease, now);
			if (notice) return { event: 'restart', notice };
			if (place?.offer) return { event: 'free', ttl: Math.ceil((place.offer.until - now) / 1000) };
			return place && { event: 'place', place: placeIn(pools.get(product)!.pool, place) };
		},
		list: () => listClients(commons),
		summary: () => summarizePools(commons),
		inResource: (product, name) => pools.get(product)?.pool.inResource.get(name) ?? 0,
		watch: (listener) => {
			listeners.add(listener);
			return () => void listeners.delete(listener);
		},
		setActive: (active) => setActive(commons, active),
		sweep: () => {
			for (const of of pools.values()) sweep(commons, of);
		}
	};
}

/** Whoever comes late, and whose room nobody has been given, goes on. */
function renew(
	commons: Commons,
	holding: Holding
): RenewAnswer | Refusal<'LEASE_ENDED' | 'REPLACED'> {
	const { parts, pools } = commons;
	const of = pools.get(holding.product);
	if (of && isOverdue(holding, parts.monotonic())) sweep(commons, of);
	if (holding.over) return holding.over;
	const now = parts.monotonic();
	const { ttl } = parts.chosen();
	const { lease, place } = holding;
	if (lease) {
		// Where the answer is lost, what was told before still holds.
		lease.livesUntil = Math.max(lease.livesUntil, now + ttl * 1000);
		const restart = restartOf(of!, lease, now);
		commons.say('renewed', of!, { holding });
		return { state: 'granted', ttl: Math.min(ttl, restart?.within ?? ttl), restart };
	}
	place!.livesUntil = now + ttl * 1000;
	const { offer } = place!;
	if (!offer) return { state: 'waiting', ttl, place: placeIn(of!.pool, place!) };
	return { state: 'granted', ttl: Math.max(0, Math.ceil((offer.until - now) / 1000)) };
}

/** No renewal helps after these. */
function isOverdue({ lease, place }: Holding, now: number): boolean {
	return now >= (lease?.endsAt ?? Infinity) || now >= (place?.offer?.until ?? Infinity);
}
