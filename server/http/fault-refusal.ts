/**
 * What whoever asked is told of a fault: a refusal, where there is something to do about it.
 *
 * @module
 */
import type { Refusal } from '#lib/domain/refusal.ts';
import { storeTrouble } from '#server/db/store-trouble.ts';
import { Fault } from '#server/fault.ts';

/** @returns `undefined` where nothing is told but an id that finds it in the log. */
export function refusalOfFault(error: unknown): Refusal | undefined {
	for (let cause = error; cause instanceof Error; cause = cause.cause)
		if (cause instanceof Fault && cause.told) return cause.told;
	return storeTrouble(error);
}
