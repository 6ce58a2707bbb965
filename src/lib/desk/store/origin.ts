/**
 * Which hub this desk belongs to: the one that served it, and no other.
 *
 * @module
 */

/** Origin of the hub, or `undefined` in the one-file desk, which has none. */
export function hubOrigin(): string | undefined {
	return __ONE_FILE__ || location.protocol === 'file:' ? undefined : location.origin;
}
