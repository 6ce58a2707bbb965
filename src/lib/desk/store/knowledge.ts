/**
 * What this desk knows, and so what a screen may claim. [KN1]
 *
 * A list that is still being read is not an empty one, and a mirror that is being filled has not seen
 * everything. Screens ask here before they say that something is not there, that all is well, or how
 * many there are.
 *
 * @module
 */
import type { Seconds } from '#lib/domain/license.ts';
import { readState } from './state.ts';

export type Knowledge =
	/** Nobody is signed in: nothing is known but what lies on this device. */
	| { of: 'device' }
	/** Signed in, and the server's rows are not all here yet: `left` counts what is missing, where that is known. */
	| { of: 'part'; done: number; left?: number }
	/** Everything that the server had, the desk's own time of the last complete round. */
	| { of: 'whole'; syncedAt?: Seconds };

export async function readKnowledge(): Promise<Knowledge> {
	const [identity, cursor, filling, sync] = await Promise.all([
		readState('identity'),
		readState('cursor'),
		readState('firstSync'),
		readState('sync')
	]);
	if (!identity) return { of: 'device' };
	if (filling) return { of: 'part', ...filling };
	if (!cursor) return { of: 'part', done: 0 };
	return sync?.syncedAt === undefined ? { of: 'whole' } : { of: 'whole', syncedAt: sync.syncedAt };
}
