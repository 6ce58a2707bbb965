/**
 * Whether anything has begun on this desk.
 *
 * @module
 */
import { strict } from './database.ts';
import { readState } from './state.ts';

/** Nobody is signed in, and nothing lies here that somebody made, imported or was sent. */
export async function isUntouched(): Promise<boolean> {
	if (await readState('identity')) return false;
	const { requests, files, keys, licenses } = strict;
	const counts = await Promise.all(
		[requests, files, keys, licenses].map((table) => table.limit(1).count())
	);
	return counts.every((count) => count === 0);
}
