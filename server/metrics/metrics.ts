/**
 * `/metrics`: what a hub tells whoever watches it, in the text format of Prometheus. Counts live in
 * its processes; what the ledger holds is read when it is asked for.
 *
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 * @module
 */
import {
	AggregatorRegistry,
	collectDefaultMetrics,
	Counter,
	Gauge,
	Histogram,
	Registry
} from 'prom-client';
import type { Database } from '#server/db/database.ts';
import type { Hub } from '#server/hub/hub.ts';
import { readGauges } from './read-gauges.ts';

export type CountedHere = Awaited<ReturnType<Registry['getMetricsAsJSON']>>;

export type CountedByOthers = { counted: readonly CountedHere[]; answering: number };

export type Metrics = {
	/** A request that another worker has decided. */
	handedOver(): void;
	/** One HTTP answer. */
	answered(of: { method: string; path: string; status: number; seconds: number }): void;
	/**
	 * All of it as text, with its content type.
	 *
	 * @param others - What other processes of this hub have counted, and how many of them answer.
	 */
	read(others?: CountedByOthers): Promise<{ type: string; text: string }>;
	/** What this process has counted, for another one that reads it. */
	counted(): Promise<CountedHere>;
	close(): void;
};

export function makeMetrics(hub: Hub): Metrics {
	const registry = new Registry();
	const registers = [registry];
	collectDefaultMetrics({ register: registry, prefix: 'keyferry_' });
	const requests = new Histogram({
		name: 'keyferry_http_request_seconds',
		help: 'HTTP requests by route and status, and how long they took',
		labelNames: ['method', 'route', 'status'],
		buckets: [0.005, 0.02, 0.05, 0.1, 0.5, 2, 10],
		registers
	});
	const refusals = new Counter({
		name: 'keyferry_refusals_total',
		help: 'Refusals by code: of requests, procedures and commands of pushes',
		labelNames: ['code'],
		registers
	});
	const commits = new Histogram({
		name: 'keyferry_transaction_seconds',
		help: 'Transactions of the database, from begin to commit or rollback',
		buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2, 10],
		registers
	});
	const gauge = (name: string, help: string, labelNames: string[] = []) =>
		new Gauge({ name: `keyferry_${name}`, help, labelNames, registers });
	const seats = gauge('license_seats_used_ratio', 'Licenses with few free seats', ['license']);
	const waiting = gauge('waiting_requests', 'Requests that wait for a seat');
	const mail = gauge('mail', 'Letters by their state', ['state']);
	const workers = gauge('workers', 'Processes that answer');
	const handed = new Counter({
		name: 'keyferry_handed_over_total',
		help: 'Requests that another worker decided, which owns their customer',
		registers
	});
	const keyEnds = gauge('hub_key_ends_seconds', 'When the key that signs ends, since 1970');

	hub.onRefusal = (code) => refusals.inc({ code });
	const stopTiming = timeTransactions(hub.db, (seconds) => commits.observe(seconds));
	return {
		answered: ({ method, path, status, seconds }) =>
			requests.observe({ method, route: routeOf(path), status: String(status) }, seconds),
		handedOver: () => handed.inc(),
		counted: () => registry.getMetricsAsJSON(),
		read: async (others) => {
			const found = await readGauges(hub.db);
			seats.reset();
			for (const { number, ratio } of found.tight) seats.set({ license: number }, ratio);
			waiting.set(found.waiting);
			for (const [state, count] of Object.entries(found.mail)) mail.set({ state }, count);
			keyEnds.set(hub.signer.endsAt);
			workers.set(others?.answering ?? 1);
			const all = others
				? AggregatorRegistry.aggregate([await registry.getMetricsAsJSON(), ...others.counted])
				: registry;
			return { type: registry.contentType, text: await all.metrics() };
		},
		close: () => {
			hub.onRefusal = undefined;
			stopTiming();
			registry.clear();
		}
	};
}

/** What several processes have counted, as if one had. */
export function sumUp(counted: readonly CountedHere[]): Promise<CountedHere> {
	return AggregatorRegistry.aggregate([...counted]).getMetricsAsJSON();
}

/** What is called, without what it is called about: a label has few values. */
function routeOf(path: string): string {
	const [, first = '', second = ''] = path.split('/');
	if (first === 'rpc') return /^[a-zA-Z.]+$/.test(second) ? `/rpc/${second}` : '/rpc';
	if (first === 'v1' || first === 'auth' || first === 'health') return `/${first}`;
	return '/';
}

function timeTransactions(
	db: Pick<Database, 'transaction'>,
	took: (seconds: number) => void
): () => void {
	const plain = db.transaction;
	const begin = plain.bind<Database['transaction']>(db);
	db.transaction = async (work, config) => {
		const started = performance.now();
		try {
			return await begin(work, config);
		} finally {
			took((performance.now() - started) / 1000);
		}
	};
	return () => {
		db.transaction = plain;
	};
}
