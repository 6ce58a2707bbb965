/**
 * Closing a ledger: whatever freed a seat in this transaction, those who wait for one get it first, so
 * no way to free a seat can forget them. Then it is written. [RE1]
 *
 * @module
 */
import type { Writing } from '#server/db/writing.ts';
import { signPending } from '#server/ledger/allotments/drawn-files.ts';
import type { Ledger } from '#server/ledger/held/ledger.ts';
import { keepWaiting, serveWaiting } from './serve-waiting.ts';
import { writeLedger } from './write-ledger.ts';

/** @param isLast - Nobody reads in this transaction what is written by it. */
export async function closeLedger(
	writing: Writing,
	ledger: Ledger,
	{ isLast = false }: { isLast?: boolean } = {}
): Promise<void> {
	await keepWaiting(writing.tx, ledger);
	// What is counted already comes before who waits.
	await signPending(writing.tx, ledger);
	await serveWaiting(writing.tx, ledger);
	await writeLedger(writing, ledger, { isLast });
}
