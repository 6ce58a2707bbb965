/**
 * What is on the disk of pools and leases: all that a restart needs. [LE2]
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite';
import type { PoolLicense } from '#lib/domain/site/pool.ts';

export type LeaseRow = {
	product: string;
	client: string;
	id: string;
	activation: string;
	terms: number;
	dh: string;
	nonce: string;
	user: string;
	machine: string | null;
	version: string | null;
	resource: string | null;
	grace: number;
	since: number;
	/** Seconds that its client was told it lives. */
	ttl: number;
};

export type PoolRow = { product: string; terms: number; licenses: readonly PoolLicense[] };

export type LeaseRows = {
	pools(): PoolRow[];
	leases(): LeaseRow[];
	putPool(row: PoolRow): void;
	/** In place of the one that the client had. */
	putLease(row: LeaseRow): void;
	/** Nonces of claims that are over, the oldest first; what is older is forgotten. */
	spent(limit: number): string[];
	spend(nonce: string, at: number): void;
	/** Nothing where the client has another one by now. */
	dropLease(row: Pick<LeaseRow, 'product' | 'client' | 'id'>): void;
};

export function openLeaseRows(db: DatabaseSync): LeaseRows {
	const putPool = db.prepare('insert or replace into pool values (?, ?, ?)');
	const putLease = db.prepare(
		`insert or replace into lease (product, client, id, activation, terms, dh, nonce, user,
		machine, version, resource, grace, since, ttl) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	);
	const spend = db.prepare('insert or ignore into spent (nonce, at) values (?, ?)');
	const dropLease = db.prepare('delete from lease where product = ? and client = ? and id = ?');
	return {
		pools: () =>
			db
				.prepare('select * from pool')
				.all()
				.map((row) => ({
					product: String(row.product),
					terms: Number(row.terms),
					licenses: JSON.parse(String(row.licenses)) as PoolLicense[]
				})),
		// Sound: the columns are those of the table, which only this file writes.
		leases: () =>
			db.prepare('select * from lease order by since, id').all() as unknown as LeaseRow[],
		putPool: ({ product, terms, licenses }) =>
			void putPool.run(product, terms, JSON.stringify(licenses)),
		putLease: (row) =>
			void putLease.run(
				row.product,
				row.client,
				row.id,
				row.activation,
				row.terms,
				row.dh,
				row.nonce,
				row.user,
				row.machine,
				row.version,
				row.resource,
				row.grace,
				row.since,
				row.ttl
			),
		spent: (limit) => {
			const newest = db.prepare('select nonce, at from spent order by at desc limit ?').all(limit);
			db.prepare('delete from spent where at < ?').run(newest.at(-1)?.at ?? 0);
			return newest.map(({ nonce }) => String(nonce)).reverse();
		},
		spend: (nonce, at) => void spend.run(nonce, at),
		dropLease: ({ product, client, id }) => void dropLease.run(product, client, id)
	};
}
