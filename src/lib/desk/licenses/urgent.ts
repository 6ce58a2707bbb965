/**
 * The most urgent licenses, remembered from the last time that all of them were in memory: a list
 * begins with them at once, as it will once it has been read. [DK2]
 *
 * @module
 */
import { readState, writeState } from '#lib/desk/store/state.ts';
import { relaxed } from '#lib/desk/store/database.ts';

/** How many: more than a screen shows. */
export const REMEMBERED = 60;

/** @param ids - The most urgent first. */
export async function rememberUrgent(ids: readonly string[]): Promise<void> {
	const before = (await readState('urgent')) ?? [];
	if (before.join() !== ids.join()) await writeState('urgent', [...ids], relaxed);
}
