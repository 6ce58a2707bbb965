/**
 * `/metrics` of a site server, in the text format of Prometheus: clients by product, and when what ends
 * next. [ST7]
 *
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 * @module
 */
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { Site } from '#server/site/site.ts';

export type SiteMetrics = {
	/** All of it as text, with its content type. */
	read(streams: number): Promise<{ type: string; text: string }>;
	close(): void;
};

export function makeSiteMetrics(site: Site): SiteMetrics {
	const registry = new Registry();
	const registers = [registry];
	collectDefaultMetrics({ register: registry, prefix: 'keyferry_' });
	const gauge = (name: string, help: string, labelNames: string[] = ['product']) =>
		new Gauge({ name: `keyferry_site_${name}`, help, labelNames, registers });
	const inUse = gauge('clients_in_use', 'Clients that hold a lease');
	const allowed = gauge('clients_allowed', 'Clients that the active licenses allow');
	const waiting = gauge('clients_waiting', 'Clients in line');
	const restarting = gauge('clients_to_restart', 'Clients that are told to start again');
	const watching = gauge('event_streams', 'Clients that watch their lease', []);
	const ends = gauge('license_ends_seconds', 'Until a license, or its maintenance, ends', [
		'license',
		'what'
	]);
	const denied = new Counter({
		name: 'keyferry_site_denied_total',
		help: 'Claims that were refused, by code',
		labelNames: ['product', 'code'],
		registers
	});
	const stop = site.pools.watch(({ event, product, refusal }) => {
		if (event === 'denied' && refusal) denied.inc({ product, code: refusal.refused });
	});
	return {
		read: async (streams) => {
			for (const each of [inUse, allowed, waiting, restarting, ends]) each.reset();
			for (const counts of site.pools.summary()) {
				const { product } = counts;
				inUse.set({ product }, counts.inUse);
				allowed.set({ product }, counts.clients);
				waiting.set({ product }, counts.waiting);
				restarting.set({ product }, 0);
			}
			for (const { product, restart } of site.pools.list())
				if (restart) restarting.inc({ product });
			watching.set(streams);
			const now = site.now();
			for (const { state, number, expiresAt, maintainedUntil } of site.standing().licenses) {
				if (state !== 'active') continue;
				const license = number;
				if (expiresAt !== undefined) ends.set({ license, what: 'license' }, expiresAt - now);
				if (maintainedUntil !== undefined)
					ends.set({ license, what: 'maintenance' }, maintainedUntil - now);
			}
			return { type: registry.contentType, text: await registry.metrics() };
		},
		close: () => {
			stop();
			registry.clear();
		}
	};
}
