/**
 * Whether a call comes from this hub's own pages, or from no page at all.
 *
 * @module
 */

/** Browsers name the origin of every call that changes something; scripts and tools name none. */
export function isOwnOrigin({ headers, url }: Request): boolean {
	const origin = headers.get('origin');
	return origin === null || origin === new URL(url).origin;
}
