/**
 * Several customers in one transaction.
 *
 * @module
 */
import type { Writing } from '#server/db/writing.ts';

/** Locks customers in the order of their ids, and raises their revisions. [SY4] */
export async function raiseInOrder(
	{ raiseRevision }: Writing,
	customerIds: readonly string[]
): Promise<ReadonlyMap<string, number>> {
	const revisions = new Map<string, number>();
	for (const id of [...customerIds].sort()) revisions.set(id, await raiseRevision(id));
	return revisions;
}
