/**
 * Earlier versions had one database for everybody. What is in it belongs to whoever used it last: that is
 * looked for at every start, and what moves it is loaded only then. [PE5]
 *
 * @module
 */
import { device } from './database.ts';
import { owner } from './owner.ts';
import type { StateValues } from './state-rows.ts';
import { readState } from './state.ts';

/** Moves it into the database of that person, who stays signed in if they were. */
export async function moveEarlier(): Promise<void> {
	if (owner !== undefined) return;
	const identity = await readState('identity', device);
	const head: (StateValues['outbox'] & { user?: string }) | undefined = await readState(
		'outbox',
		device
	);
	const user = identity?.id ?? head?.user;
	if (user === undefined) return;
	const { giveEarlier } = await import('./give-earlier.ts');
	await giveEarlier(user, identity);
}
