/**
 * What this desk knows, and so what a screen may claim. [DK1]
 *
 * A list that is still being read is not an empty one, and a mirror that is being filled has not seen
 * everything. Screens ask here before they say that something is not there, that all is well, or how
 * many there are.
 *
 * @module
 */
import type { Seconds } from '#lib/domain/time.ts';
import { strict } from './database.ts';
import type { StateValues } from './state-rows.ts';

export type Knowledge =
	/** Nobody is signed in: nothing is known but what lies on this device. */
	| { of: 'device' }
	/** Signed in, and the server's rows are not all here yet: `left` counts what is missing, where that is known. */
	| { of: 'part'; done: number; left?: number }
	/** Everything that the server had, the desk's own time of the last complete round. */
	| { of: 'whole'; syncedAt?: Seconds };

const NAMES = ['identity', 'cursor', 'firstSync', 'sync'] as const;
type Known = { [K in (typeof NAMES)[number]]?: StateValues[K] };

/** All of one moment: a first page that is stored meanwhile is not half seen. */
export async function readKnowledge(): Promise<Knowledge> {
	const rows = await strict.states.bulkGet([...NAMES]);
	// Sound: `StateRow` pairs each name with its own value.
	const known: Known = Object.fromEntries(
		rows.flatMap((row) => (row ? [[row.name, row.value]] : []))
	);
	return knowledgeOf(known);
}

/**
 * What a query answers, with what is known of it. Knowledge is read first: where everything is here,
 * the rows are not of a moment before.
 */
export async function readWithKnowledge<T>(
	read: () => Promise<T>
): Promise<{ knowledge: Knowledge; rows: T }> {
	const knowledge = await readKnowledge();
	return { knowledge, rows: await read() };
}

function knowledgeOf({ identity, cursor, firstSync, sync }: Known): Knowledge {
	if (!identity) return { of: 'device' };
	if (firstSync) return { of: 'part', ...firstSync };
	if (!cursor) return { of: 'part', done: 0 };
	return sync?.syncedAt === undefined ? { of: 'whole' } : { of: 'whole', syncedAt: sync.syncedAt };
}
