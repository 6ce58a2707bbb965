/**
 * Who has something unsent on this desk.
 *
 * @module
 */
import { readFact, writeFact } from '#lib/desk/store/database.ts';
import { waitingCommands } from '#lib/desk/store/outbox.ts';
import type { Identity } from '#lib/desk/store/rows.ts';

/**
 * Remembers who this is for as long as something of theirs waits here, so that a held queue can say
 * who is to sign in.
 */
export async function rememberPerson({ id, email, name }: Identity): Promise<void> {
	const waiting = new Set((await waitingCommands()).map(({ author }) => author));
	const before = Object.entries((await readFact('people')) ?? {});
	const kept = Object.fromEntries(before.filter(([person]) => waiting.has(person)));
	await writeFact('people', { ...kept, [id]: { email, name } });
}
