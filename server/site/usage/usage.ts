/**
 * Counts use by hour and product. [US1]
 *
 * An hour is counted in memory and written once a minute, so that no claim waits for it: a kill costs at most
 * the last minute's counts, never a lease.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Seconds } from '#lib/domain/time.ts';
import {
	beginHour,
	HOUR_SECONDS,
	isQuiet,
	joinHours,
	seenIn,
	type UsageHour,
	type UsageNow
} from '#lib/domain/site/usage.ts';

export type ProductUsage = UsageHour & { product: string };

export type UsageCounter = ReturnType<typeof openUsage>;

const WRITE_EVERY = 60_000;
/** Two years and a month. */
const KEPT_HOURS = 24 * 762;

/** @param now - Seconds since 1970, of the wall clock. */
export function openUsage(db: DatabaseSync, now: () => Seconds) {
	const stands = new Map<string, UsageNow>();
	const current = new Map<string, UsageHour>();
	const select = db.prepare(
		'SELECT hour, peak, denied, waiting FROM usage_hours WHERE product = ? AND hour = ?'
	);
	const replace = db.prepare(
		'INSERT OR REPLACE INTO usage_hours (product, hour, peak, denied, waiting) VALUES (?, ?, ?, ?, ?)'
	);
	const between = db.prepare(
		'SELECT product, hour, peak, denied, waiting FROM usage_hours WHERE hour >= ? AND hour < ? ORDER BY hour, product'
	);
	const forget = db.prepare('DELETE FROM usage_hours WHERE hour < ?');

	/** Hours that have ended and are not on the disk yet. */
	const over: ({ product: string } & UsageHour)[] = [];

	/** The hour that is being counted, after those before it were written. */
	function hourOf(product: string): UsageHour {
		const hour = Math.floor(now() / HOUR_SECONDS);
		const counted = current.get(product);
		if (counted?.hour === hour) return counted;
		if (counted) over.push({ product, ...counted });
		try {
			writeOver();
		} catch {
			/* Whoever claims or leaves is not to suffer for it: once more in a minute. */
		}
		const begun = beginHour(hour, stands.get(product) ?? { inUse: 0, waiting: 0 });
		// Sound: the columns of the table, which is strict.
		const kept = select.get(product, hour) as unknown as UsageHour | undefined;
		const going = kept ? joinHours({ ...kept }, begun) : begun;
		current.set(product, going);
		return going;
	}

	/** In their order, each until it is written. */
	function writeOver(): void {
		for (let next = over[0]; next; next = over[0]) {
			write(next.product, next);
			over.shift();
		}
	}

	function write(product: string, { hour, peak, denied, waiting }: UsageHour): void {
		replace.run(product, hour, peak, denied, waiting);
	}

	function writeAll(): void {
		for (const product of stands.keys()) hourOf(product);
		writeOver();
		for (const [product, hour] of current) if (!isQuiet(hour)) write(product, hour);
		forget.run(Math.floor(now() / HOUR_SECONDS) - KEPT_HOURS);
	}

	/** A disk that is full costs counts, and is told by whatever must be written. */
	function tryWriteAll(): void {
		try {
			writeAll();
		} catch {
			/* Once more in a minute. */
		}
	}

	const writing = setInterval(tryWriteAll, WRITE_EVERY);
	writing.unref();

	return {
		/** Whenever either number changes. */
		seen(product: string, stand: UsageNow): void {
			// First the hour that was, as things stood in it.
			const hour = hourOf(product);
			stands.set(product, stand);
			current.set(product, seenIn(hour, stand));
		},
		denied(product: string): void {
			const hour = hourOf(product);
			current.set(product, { ...hour, denied: hour.denied + 1 });
		},
		/** Hours in which something was used, `to` left out; the one that runs is among them. */
		hours({ from, to }: { from: number; to: number }): ProductUsage[] {
			writeAll();
			const rows = between.all(from, to) as unknown as ProductUsage[];
			return rows.map((row) => ({ ...row }));
		},
		close(): void {
			clearInterval(writing);
			tryWriteAll();
		}
	};
}
