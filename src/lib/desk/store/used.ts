/**
 * What was used last by way of the command palette, newest first: it is offered first. [DK6]
 *
 * @module
 */
import { strict } from './database.ts';
import { readState, writeState } from './state.ts';

/** How many are remembered: more than are offered, as some may be gone. */
const REMEMBERED = 24;

export async function listUsed(): Promise<string[]> {
	return (await readState('used')) ?? [];
}

export async function rememberUsed(id: string): Promise<void> {
	await strict.transaction('rw', strict.states, async () => {
		const before = await listUsed();
		await writeState('used', [id, ...before.filter((known) => known !== id)].slice(0, REMEMBERED));
	});
}
