/**
 * What a query answers now, and again whenever something changes that it has read.
 *
 * @module
 */
import { Dexie, liveQuery, type Observable } from 'dexie';

/**
 * Of an asynchronous function the database follows what is read through any number of steps; of any
 * other through two or three, and of what is read after these no change is heard. `tests/idioms.test.ts`
 * holds transactions to the same.
 */
export function observeQuery<T>(query: () => T | Promise<T>): Observable<T> {
	return liveQuery(async () => query());
}

/**
 * Waits, in a query that is observed, for what is not of the database: what is read after it is followed
 * as well. Never inside a transaction, which it would end.
 */
export function awaitForeign<T>(work: Promise<T>): PromiseLike<T> {
	return Dexie.Promise.resolve(work);
}
