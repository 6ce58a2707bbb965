/**
 * Faults that nothing on a screen waits for: a click's work that was rejected. [DK11]
 *
 * @module
 */
import { isQuotaFault } from './quota-fault.ts';

/** Said elsewhere: somebody went on meanwhile; another tab has the database, which a banner says. */
const EXPECTED = new Set(['AbortError', 'DatabaseClosedError']);

/** @returns What to say of it; nothing where it is no fault. */
export function unhandledFault(reason: unknown): 'full' | 'failed' | undefined {
	if (isQuotaFault(reason)) return 'full';
	return reason instanceof Error && EXPECTED.has(reason.name) ? undefined : 'failed';
}
