/**
 * Whether a call comes from this hub's own pages, or from no page at all.
 *
 * @module
 */
import type { Caller } from './caller.ts';

/** Browsers name the origin of every call that changes something; scripts and tools name none. */
export function isOwnOrigin({ headers }: Request, { origin: own }: Caller): boolean {
	const origin = headers.get('origin');
	return origin === null || origin === own;
}
