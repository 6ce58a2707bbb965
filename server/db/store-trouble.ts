/**
 * Faults that are the store's own and go by: nothing was stored, and whoever asked may ask again.
 *
 * @see https://www.postgresql.org/docs/current/errcodes-appendix.html
 * @module
 */
import { DrizzleQueryError } from 'drizzle-orm';
import pg from 'pg';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { isDiskFull } from '#server/fault.ts';

export type StoreTrouble = Refusal<'HUB_STORAGE_FULL' | 'HUB_BUSY' | 'DATABASE_AWAY'>;

/** A lock, a statement or a transaction took too long, or two wait for each other. */
const BUSY = /^(55P03|57014|25P0[34]|40001|40P01)$/;

/** Connections, operators' orders, want of memory, the system below, sign-in, a read-only standby. */
const AWAY = /^(08|53|57P|58|28|3D|25006)/;

/** As long as a transaction of a process that stands still may hold what others wait for. */
const BUSY_SECONDS = 5;
const AWAY_SECONDS = 10;

/** @returns `undefined` where the fault is that of what was asked, or of the program. */
export function storeTrouble(error: unknown): StoreTrouble | undefined {
	if (isDiskFull(error)) return refuse('HUB_STORAGE_FULL', {});
	for (let cause = error; cause instanceof Error; cause = cause.cause) {
		if (cause instanceof pg.DatabaseError) {
			const { code = '' } = cause;
			if (BUSY.test(code)) return refuse('HUB_BUSY', { retryAfterSeconds: BUSY_SECONDS });
			return AWAY.test(code) ? away() : undefined;
		}
		// What PostgreSQL did not answer: the driver had no connection, lost it or waited in vain.
		if (cause instanceof DrizzleQueryError && !(cause.cause instanceof pg.DatabaseError))
			return away();
		if (cause instanceof NoConnection) return away();
	}
	return undefined;
}

/** No connection was to be had. */
export class NoConnection extends Error {}

function away(): StoreTrouble {
	return refuse('DATABASE_AWAY', { retryAfterSeconds: AWAY_SECONDS });
}
