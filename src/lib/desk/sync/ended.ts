/**
 * A desk that was ended: it says so, keeps what it holds, and asks for nothing more until somebody
 * who has signed in here says that it is to be used again. [DV1]
 *
 * @module
 */
import type { Seconds } from '#lib/domain/time.ts';
import { freezeOwnAllotments } from '#lib/desk/files/own-allotments.ts';
import { renewOutbox } from '#lib/desk/store/outbox.ts';
import { clearState, readState, writeState } from '#lib/desk/store/state.ts';

/** The hub says that the present outbox was ended. Nothing more is drawn under its key. */
export async function noteEnded(at: Seconds | undefined, outbox?: string): Promise<void> {
	const present = (await readState('outbox'))?.id;
	if (at === undefined || present === undefined || (outbox ?? present) !== present) return;
	if ((await readState('ended'))?.outbox === present) return;
	await writeState('ended', { outbox: present, at });
	await freezeOwnAllotments(present);
}

/** Begins anew, as another device: what was refused stays so, what waits goes along. */
export async function useAgain(): Promise<void> {
	await renewOutbox();
	await clearState('ended');
}
