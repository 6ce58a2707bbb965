/**
 * What is active, and what a change of it does to those who work: told why and until when, and ended
 * then. A restart of the process gives each lease its whole time again. [LE2, LE6]
 *
 * @module
 */
import { changeTerms } from '#lib/domain/site/lease.ts';
import { makePool, putLease, type Lease, type PoolLicense } from '#lib/domain/site/pool.ts';
import type { Claims } from '#lib/formats/tokens.ts';
import type { RestartNotice } from '#lib/protocol/lease.ts';
import { keyOfLease } from './client-keys.ts';
import type { Commons, Pooled } from './commons.ts';
import { SPENT } from './holdings.ts';
import type { LeaseRow } from './lease-rows.ts';
import { offerFree } from './line.ts';

/** An activation of this machine that is active now, with its file. */
export type ActiveLicense = { activation: Claims['activation']; file: string };

/** As they lie on the disk. */
export function loadPools({ rows, pools, parts, holdings }: Commons): void {
	for (const { product, terms, licenses } of rows.pools()) {
		const pool = makePool(product, terms);
		pool.licenses = licenses;
		pools.set(product, { pool, title: product, serving: new Map(), files: [] });
	}
	holdings.spend(rows.spent(SPENT));
	for (const row of rows.leases()) {
		const shared = parts.sharedWith(row.dh);
		const of = pools.get(row.product);
		if (!of || !shared) continue;
		const now = parts.monotonic();
		const livesUntil = now + Math.max(row.ttl, parts.chosen().ttl) * 1000;
		const lease = leaseOf(row, { livesUntil, terms: of.pool.terms, now });
		putLease(of.pool, lease);
		const { id, product, client, dh, nonce, user } = row;
		const key = keyOfLease(shared, { id, nonce });
		const more = { version: row.version ?? undefined, machine: lease.machine };
		const listeners = new Set<never>();
		holdings.put({ id, product, client, dh, nonce, user, key, lease, listeners, ...more });
	}
}

function leaseOf(
	row: LeaseRow,
	{ livesUntil, terms, now }: { livesUntil: number; terms: number; now: number }
): Lease {
	return {
		id: row.id,
		client: row.client,
		activation: row.activation,
		terms: row.terms,
		user: row.user,
		machine: row.machine ?? undefined,
		resource: row.resource ?? undefined,
		since: row.since,
		graceSeconds: row.grace,
		livesUntil,
		// Of those that were to start again nobody knows since when: they have their grace once more.
		endsAt: row.terms === terms ? undefined : now + row.grace * 1000
	};
}

export async function setActive(commons: Commons, active: readonly ActiveLicense[]): Promise<void> {
	const products = new Set([...commons.pools.keys(), ...active.map((each) => each.activation.prd)]);
	const done = Array.from(products, (product) => {
		const own = active.filter((each) => each.activation.prd === product);
		return setActiveOf(commons, product, own);
	});
	await Promise.all(done);
}

async function setActiveOf(
	commons: Commons,
	product: string,
	own: readonly ActiveLicense[]
): Promise<void> {
	const { pools, parts, rows } = commons;
	const of: Pooled = pools.get(product) ?? {
		pool: makePool(product, 0),
		title: product,
		serving: new Map(),
		files: []
	};
	pools.set(product, of);
	of.title = own[0]?.activation.title ?? of.title;
	of.serving = new Map(own.map(({ activation }) => [activation.act, activation]));
	of.files = own.map(({ file }) => file);
	const now = parts.monotonic();
	const reason = changeTerms(of.pool, own.map(licenseOf), now);
	if (!reason) return;
	of.reason = reason;
	const { terms, licenses, leases } = of.pool;
	const kept = parts.store.commit(() => rows.putPool({ product, terms, licenses }));
	for (const lease of leases.values()) {
		const notice = restartOf(of, lease, now);
		const holding = commons.holdings.find(lease.id);
		if (notice && holding)
			for (const listener of holding.listeners) listener({ event: 'restart', notice });
	}
	offerFree(commons, of);
	commons.say('changed', of);
	await kept;
}

function licenseOf({ activation }: ActiveLicense): PoolLicense {
	const { act, gen, num, clients = 0, ent, pol, ver, mnt, contact, x } = activation;
	return {
		activation: act,
		generation: gen,
		number: num,
		clients,
		entitlements: ent,
		cover: { ver, mnt, contact, x },
		graceSeconds: pol.graceMinutes * 60
	};
}

/** What a lease under other terms is told, each time it is heard of. */
export function restartOf(
	{ reason = 'license-changed' }: Pooled,
	{ endsAt }: Lease,
	now: number
): RestartNotice | undefined {
	if (endsAt === undefined) return undefined;
	return { reason, within: Math.max(0, Math.ceil((endsAt - now) / 1000)) };
}
