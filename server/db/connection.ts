/**
 * A connection that waits for its database as seldom as it can.
 *
 * @module
 */
import type { PgTransactionConfig } from 'drizzle-orm/pg-core';
import pg from 'pg';

type Query = (config: unknown, ...rest: unknown[]) => unknown;

/** How a transaction of one customer begins. Whoever guards a store reads whose it is. [DB1] */
export type Begin = PgTransactionConfig & { customerId: string; isAtOnce?: true };

/** A transaction of one statement, which is one by itself: nothing begins it, and nothing commits it. */
export function atOnce(customerId: string): Begin {
	return { customerId, isAtOnce: true };
}

export function isAtOnce(config: Partial<Begin> | undefined): boolean {
	return config?.isAtOnce ?? false;
}

/** Begins a transaction whose first statements lock and read: see {@link StoreConnection}. */
export function ahead(customerId: string): Begin {
	return { customerId, accessMode: 'read write' };
}

/**
 * A transaction begun {@link ahead} is not waited for: its first statements are sent right behind, and
 * where it did not begin, nothing more can be sent.
 */
export class StoreConnection extends pg.Client {
	// The driver's own has seven signatures, which all lead here.
	override query = ((config: unknown, ...rest: unknown[]) => {
		const sent = Reflect.apply(super.query as Query, this, [config, ...rest]);
		if (!isAhead(config)) return sent;
		(sent as Promise<unknown>).catch(() => this.#giveUp());
		return Promise.resolve({ rows: [], rowCount: null, command: 'BEGIN' });
	}) as pg.Client['query'];

	/** Outside of a transaction each statement would be one of its own. */
	#giveUp(): void {
		(this as unknown as { connection: pg.Connection }).connection.stream.destroy();
	}
}

function isAhead(config: unknown): boolean {
	return (config as { text?: string } | undefined)?.text === 'begin read write';
}
