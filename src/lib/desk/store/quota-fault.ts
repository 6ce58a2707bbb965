/**
 * A disk, or a browser's quota, that is full.
 *
 * @module
 */

/** Dexie names the fault of the request, or of the transaction that it ended. */
export function isQuotaFault(error: unknown): boolean {
	if (!(error instanceof Error)) return false;
	if (error.name === 'QuotaExceededError') return true;
	return 'inner' in error && isQuotaFault(error.inner);
}
