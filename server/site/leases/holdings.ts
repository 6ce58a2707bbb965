/**
 * What clients hold on a site server, by id: leases, places in line, and for a while what they held
 * before, so that they are told what became of it under their own key. [LE3, LE4]
 *
 * @module
 */
import type { KeyObject } from 'node:crypto';
import type { Lease, LinePlace } from '#lib/domain/site/pool.ts';
import type { Refusal } from '#lib/domain/refusal.ts';
import type { LeaseEvent } from '#lib/protocol/lease.ts';

export type Holding = {
	id: string;
	product: string;
	client: string;
	/** X25519 key of the client. */
	dh: string;
	/** Of its claim. */
	nonce: string;
	/** Proves renewals, releases and events. */
	key: () => KeyObject;
	version?: string;
	user: string;
	machine?: string;
	/** What it is, until it is over. */
	lease?: Lease;
	place?: LinePlace;
	over?: Refusal<'LEASE_ENDED' | 'REPLACED'>;
	/** The token of a lease, once it is on the disk. */
	answer?: Promise<string>;
	/** Those who watch it. */
	listeners: Set<(event: LeaseEvent) => void>;
};

export type ClientHoldings = {
	find(id: string): Holding | undefined;
	/** What a client holds of a product now. */
	ofClient(product: string, client: string): Holding | undefined;
	/** The nonce of a claim whose lease or place is over. */
	isSpent(nonce: string): boolean;
	put(holding: Holding): void;
	/** As it was kept, from before a restart. */
	spend(nonces: readonly string[]): void;
	/** It is remembered, and whoever watches it is told. */
	end(holding: Holding, why: Refusal<'LEASE_ENDED' | 'REPLACED'>): void;
	/** As if it had never been: what could not be kept was not given. */
	undo(holding: Holding): void;
	all(): Iterable<Holding>;
};

/** So many are remembered: what 500 clients end in a long time. */
const REMEMBERED = 5_000;
export const SPENT = 50_000;

export function openHoldings(): ClientHoldings {
	const live = new Map<string, Holding>();
	const byClient = new Map<string, Holding>();
	const over = new Map<string, Holding>();
	const spent = new Set<string>();
	const nameOf = (product: string, client: string) => `${product} ${client}`;
	const take = (holding: Holding) => {
		live.delete(holding.id);
		const name = nameOf(holding.product, holding.client);
		if (byClient.get(name) === holding) byClient.delete(name);
	};
	return {
		find: (id) => live.get(id) ?? over.get(id),
		ofClient: (product, client) => byClient.get(nameOf(product, client)),
		isSpent: (nonce) => spent.has(nonce),
		put: (holding) => {
			live.set(holding.id, holding);
			byClient.set(nameOf(holding.product, holding.client), holding);
		},
		spend: (nonces) => {
			for (const nonce of nonces) spent.add(nonce);
		},
		end: (holding, why) => {
			take(holding);
			holding.over = why;
			over.set(holding.id, holding);
			spent.add(holding.nonce);
			if (over.size > REMEMBERED) over.delete(over.keys().next().value!);
			if (spent.size > SPENT) spent.delete(spent.keys().next().value!);
			const reason = why.refused === 'LEASE_ENDED' ? why.facts.reason || undefined : undefined;
			for (const listener of holding.listeners)
				listener({ event: 'ended', code: why.refused, reason });
			holding.listeners.clear();
		},
		undo: take,
		all: () => live.values()
	};
}
