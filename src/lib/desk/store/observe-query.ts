/**
 * What a query answers now, and again whenever something changes that it has read.
 *
 * @module
 */
import { liveQuery, type Observable } from 'dexie';

/**
 * Of an asynchronous function the database follows what is read through any number of steps; of any
 * other through two or three, and of what is read after these no change is heard. `tests/idioms.test.ts`
 * holds transactions to the same.
 */
export function observeQuery<T>(query: () => T | Promise<T>): Observable<T> {
	return liveQuery(async () => query());
}
