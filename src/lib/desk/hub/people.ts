/**
 * Who left something unsent on this device. It waits in their own database until they sign in, and
 * nobody else can see more of it than how much it is. [SY3, PE5]
 *
 * @module
 */
import { device } from '#lib/desk/store/database.ts';
import { waitingCommands } from '#lib/desk/store/outbox.ts';
import { readOwner } from '#lib/desk/store/owner.ts';
import { readState, writeState } from '#lib/desk/store/state.ts';
import type { DeviceStates } from '#lib/desk/store/state-rows.ts';

export type LeftNote = DeviceStates['people'][string];

/**
 * Notes how much this page's person leaves unsent, so that people can see who is to sign in.
 *
 * @param ended - This device was ended for them. [DV1]
 */
export async function noteLeft({ ended = false } = {}): Promise<void> {
	const identity = await readState('identity');
	if (!identity) return;
	const { id, email } = identity;
	const unsent = (await waitingCommands()).length;
	const note = ended ? { email, unsent, ended: true as const } : { email, unsent };
	await changePeople(id, unsent > 0 || ended ? note : undefined);
}

/** Takes a person's note away: they are here, or everything of theirs is gone. */
export async function forgetLeft(user: string): Promise<void> {
	await changePeople(user, undefined);
}

async function changePeople(user: string, note: LeftNote | undefined): Promise<void> {
	await device.transaction('rw', device.states, async () => {
		const { [user]: _, ...others } = (await readState('people')) ?? {};
		await writeState('people', note ? { ...others, [user]: note } : others);
	});
}

/** Those who are not signed in now. */
export async function listLeft(): Promise<LeftNote[]> {
	const people = (await readState('people')) ?? {};
	const present = readOwner();
	return Object.entries(people).flatMap(([id, note]) => (id === present ? [] : [note]));
}
