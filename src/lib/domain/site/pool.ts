/**
 * The pool of a product on a site server: the licenses that are active there, the leases that they carry,
 * and the line of those who wait. Counts are kept as leases come and go, so that a decision looks at no
 * list of leases.
 *
 * Instants are milliseconds of a clock that only ever goes forward; what people read is in
 * {@link Seconds}.
 *
 * @module
 */
import type { Seconds } from '../time.ts';
import type { Cover } from '../machines/verification.ts';

/** An activation that serves clients. */
export type PoolLicense = {
	/** `act`. */
	activation: string;
	generation: number;
	/** License number. */
	number: string;
	clients: number;
	entitlements: readonly string[];
	/** Which programs it covers. */
	cover: Cover;
	/** How long a client may work on that has to start again, or that misses its server. */
	graceSeconds: number;
};

export type Lease = {
	id: string;
	client: string;
	/** The activation whose client it is. */
	activation: string;
	/** Number of the terms under which it was granted: see {@link Pool.terms}. */
	terms: number;
	resource?: string;
	user: string;
	machine?: string;
	since: Seconds;
	/** The grace that its license gave it. */
	graceSeconds: number;
	/** It ends then, unless it is renewed. */
	livesUntil: number;
	/** Its terms have changed: it ends then, renewed or not. [LE6] */
	endsAt?: number;
};

/** What a lease is claimed for. */
export type Claim = {
	client: string;
	needs: readonly string[];
	/** Of the program that is to run, where it says so. */
	version?: string;
	builtAt?: Seconds;
	/** `open` is absent where the site has no such resource; it names a license by its number. */
	resource?: { name: string; open?: { license: string; limit?: number } };
};

/** Somebody in line. */
export type LinePlace = {
	id: string;
	claim: Claim;
	/** The place is kept until then, unless it is renewed. */
	livesUntil: number;
	/** A lease is kept free for them, once. */
	offer?: { activation: string; until: number };
};

export type Pool = {
	product: string;
	/** Rises with every change of what is active. [LE6] */
	terms: number;
	licenses: readonly PoolLicense[];
	/** By client: a client has one. [LE3] */
	leases: Map<string, Lease>;
	/** In the order in which they came. */
	line: LinePlace[];
	/** Of each activation: leases and offers of any terms, and those under the terms of now. */
	held: Map<string, { all: number; current: number }>;
	/** Leases and offers. */
	used: number;
	/** Leases in each resource. */
	inResource: Map<string, number>;
};

export function makePool(product: string, terms = 1): Pool {
	return {
		product,
		terms,
		licenses: [],
		leases: new Map(),
		line: [],
		held: new Map(),
		used: 0,
		inResource: new Map()
	};
}

/** Clients that may work at once. */
export function clientsOf({ licenses }: Pick<Pool, 'licenses'>): number {
	return licenses.reduce((sum, { clients }) => sum + clients, 0);
}

export function heldOf({ held }: Pool, activation: string): { all: number; current: number } {
	return held.get(activation) ?? { all: 0, current: 0 };
}

/** In place of the lease that the same client had. */
export function putLease(pool: Pool, lease: Lease): void {
	const before = pool.leases.get(lease.client);
	if (before) countLease(pool, before, -1);
	pool.leases.set(lease.client, lease);
	countLease(pool, lease, 1);
}

/** Nothing where it is no longer the client's lease. @returns Whether it was. */
export function dropLease(pool: Pool, lease: Lease): boolean {
	if (pool.leases.get(lease.client) !== lease) return false;
	pool.leases.delete(lease.client);
	countLease(pool, lease, -1);
	return true;
}

export function putOffer(
	pool: Pool,
	place: LinePlace,
	offer: NonNullable<LinePlace['offer']>
): void {
	place.offer = offer;
	count(pool, offer.activation, { by: 1, isCurrent: true });
}

/** Out of the line, with what was kept free for them. */
export function dropPlace(pool: Pool, place: LinePlace): void {
	const at = pool.line.indexOf(place);
	if (at >= 0) pool.line.splice(at, 1);
	if (place.offer) count(pool, place.offer.activation, { by: -1, isCurrent: true });
	delete place.offer;
}

/** After a change of terms: nothing that was granted before is under those of now. */
export function raiseTerms(pool: Pool, licenses: readonly PoolLicense[]): void {
	pool.terms += 1;
	pool.licenses = licenses;
	for (const counts of pool.held.values()) counts.current = 0;
}

function countLease(pool: Pool, { activation, terms, resource }: Lease, by: 1 | -1): void {
	count(pool, activation, { by, isCurrent: terms === pool.terms });
	if (resource === undefined) return;
	const inside = (pool.inResource.get(resource) ?? 0) + by;
	if (inside > 0) pool.inResource.set(resource, inside);
	else pool.inResource.delete(resource);
}

function count(
	pool: Pool,
	activation: string,
	{ by, isCurrent }: { by: 1 | -1; isCurrent: boolean }
): void {
	const counts = heldOf(pool, activation);
	counts.all += by;
	if (isCurrent) counts.current += by;
	pool.used += by;
	if (counts.all > 0) pool.held.set(activation, counts);
	else pool.held.delete(activation);
}
