/**
 * What all that is done with pools works on.
 *
 * @module
 */
import type { KeyObject } from 'node:crypto';
import type { VersionRange } from '#lib/domain/site/client-version.ts';
import type { RestartReason, Telling } from '#lib/domain/site/lease.ts';
import type { Seconds } from '#lib/domain/time.ts';
import { clientsOf, type Lease, type Pool } from '#lib/domain/site/pool.ts';
import type { Refusal } from '#lib/domain/refusal.ts';
import type { Claims } from '#lib/formats/tokens.ts';
import type { SiteStore } from '#server/site/store/site-store.ts';
import type { Holding, ClientHoldings } from './holdings.ts';
import type { LeaseRows } from './lease-rows.ts';
import type { LeaseSigner } from './sign-lease.ts';

/** What pools stand on. */
export type PoolsParts = {
	store: Pick<SiteStore, 'db' | 'commit'>;
	sign: LeaseSigner;
	/** X25519 public key of the site. */
	dh: string;
	/** What the site shares with whoever has this public key. */
	sharedWith: (dh: string) => KeyObject | undefined;
	now: () => Seconds;
	/** Milliseconds of a clock that only goes forward. */
	monotonic: () => number;
	/** As chosen now; `ttl` in seconds. */
	chosen: () => { ttl: number; hideNames: boolean; site: string };
	/** A resource of this site: the number of its license. [RS1] */
	findResource: (product: string, name: string) => { license: string; limit?: number } | undefined;
	/** What stands for a client whose name is hidden. */
	pseudonymOf: (client: string) => string;
	/** What the server says of its own version of a product. [S5] */
	versionsOf: (product: string) => { version?: string; clientVersions?: VersionRange };
};

/** The pool of one product, and what is signed about it. */
export type Pooled = {
	pool: Pool;
	title: string;
	/** Activations that serve clients now, by `act`. */
	serving: Map<string, Claims['activation']>;
	/** Their files. */
	files: string[];
	/** Why terms were changed last. */
	reason?: RestartReason;
};

export type PoolCounts = { clients: number; inUse: number; waiting: number };

/** What has happened, for whoever counts or shows it. */
export type PoolEvent = PoolCounts & {
	event:
		'claimed' | 'renewed' | 'released' | 'ended' | 'expired' | 'denied' | 'waiting' | 'changed';
	product: string;
	holding?: Pick<Holding, 'id' | 'client' | 'user' | 'machine' | 'version'>;
	/** Of a claim that was denied. */
	refusal?: Refusal;
};

export type Commons = {
	parts: PoolsParts;
	rows: LeaseRows;
	holdings: ClientHoldings;
	/** By product. */
	pools: Map<string, Pooled>;
	say(event: PoolEvent['event'], of: Pooled, more?: Partial<PoolEvent>): void;
};

export function countsOf({ pool }: Pooled): PoolCounts {
	const waiting = pool.line.filter(({ offer }) => !offer).length;
	return { clients: clientsOf(pool), inUse: pool.leases.size, waiting };
}

/** What those read who are one too many: names only where the site shows them. [LE7] */
export function tellingOf({ now, monotonic, chosen, pseudonymOf }: PoolsParts): Telling {
	const clocks = { now: monotonic(), seconds: now() };
	if (!chosen().hideNames) return clocks;
	return { ...clocks, nameOf: ({ client }: Lease) => ({ user: pseudonymOf(client) }) };
}
