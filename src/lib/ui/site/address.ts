/**
 * Addresses of servers, as people type them.
 *
 * @module
 */

/** @returns The origin, or `undefined` for what is no address of a whole server. */
export function originIn(text: string): string | undefined {
	const url = URL.parse(text.trim());
	if (!url || !/^https?:$/.test(url.protocol)) return undefined;
	const isWhole = url.pathname === '/' && !url.search && !url.hash && !url.username;
	return isWhole ? url.origin : undefined;
}
