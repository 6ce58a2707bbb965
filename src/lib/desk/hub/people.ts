/**
 * Who has something unsent on this desk.
 *
 * @module
 */
import { readState, writeState } from '#lib/desk/store/state.ts';
import type { Identity } from '#lib/desk/store/state-rows.ts';
import { waitingCommands } from '#lib/desk/store/outbox.ts';

/**
 * Remembers who this is for as long as something of theirs waits here, so that a held queue can say
 * who is to sign in.
 */
export async function rememberPerson({ id, email, name }: Identity): Promise<void> {
	const waiting = new Set((await waitingCommands()).map(({ author }) => author));
	const before = Object.entries((await readState('people')) ?? {});
	const kept = Object.fromEntries(before.filter(([person]) => waiting.has(person)));
	await writeState('people', { ...kept, [id]: { email, name } });
}
