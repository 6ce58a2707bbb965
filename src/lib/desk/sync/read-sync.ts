/**
 * How sync stands: what waits, since when, and how far a first sync has come.
 *
 * @module
 */
import { listLeft } from '#lib/desk/hub/people.ts';
import { readState } from '#lib/desk/store/state.ts';
import { strict } from '#lib/desk/store/database.ts';
import { countWaiting } from '#lib/desk/store/outbox.ts';
import { readKnowledge, type Knowledge } from '#lib/desk/store/knowledge.ts';
import { readEnded } from '#lib/desk/store/ended-state.ts';
import type { OutboxRow } from '#lib/desk/store/desk-rows.ts';
import type { StateValues, SyncState } from '#lib/desk/store/state-rows.ts';

export type SyncView = SyncState & {
	/** Commands that the hub has not settled yet. Nothing drops them. [SY3] */
	waiting: number;
	oldestAt?: number;
	/** E-mail of who is signed in. */
	email?: string;
	/** This device was ended, for who is signed in or was. [DV1] */
	isEnded?: true;
	knowledge: Knowledge;
};

export async function readSync(): Promise<SyncView> {
	const knowledge = await readKnowledge();
	const [state, waiting, identity, ended, left] = await Promise.all([
		readState('sync'),
		countWaiting(),
		readState('identity'),
		readEnded(),
		listLeft()
	]);
	const view: SyncView = {
		...(state ?? { phase: 'idle', faults: 0 }),
		waiting: waiting.count,
		knowledge
	};
	if (waiting.oldestAt !== undefined) view.oldestAt = waiting.oldestAt;
	if (identity) view.email = identity.email;
	if (identity ? ended !== null : left.some((each) => each.ended)) view.isEnded = true;
	return view;
}

/** How far a first sync has come, while it is under way or interrupted. */
export async function readFirstSync(): Promise<StateValues['firstSync'] | null> {
	return (await readState('firstSync')) ?? null;
}

/** What waits for the hub and what became of the rest, newest first. */
export async function listOutbox(): Promise<OutboxRow[]> {
	const rows = await strict.outbox.toArray();
	return rows.sort((a, b) => b.createdAt - a.createdAt || b.n - a.n);
}
