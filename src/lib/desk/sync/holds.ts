/**
 * Why work is held, with what a person needs to know to set it going again. Nothing that is held is
 * ever dropped. [SY3]
 *
 * @module
 */
import type { Seconds } from '#lib/domain/license.ts';
import { readState } from '#lib/desk/store/state.ts';
import type { Hold } from '#lib/desk/store/state-rows.ts';
import type { OutboxRow } from '#lib/desk/store/desk-rows.ts';
import { isOf, waitingCommands } from '#lib/desk/store/outbox.ts';

/**
 * What sets it going again: somebody signs in, its author does (or it is sent as one's own, by
 * `adoptCommands`), the desk is reloaded, it begins a new outbox (`renewOutbox`), or the vendor lifts
 * the freeze of a restored hub, or mends the hub, and the desk goes on by itself.
 */
export type HoldRemedy =
	'sign-in' | 'author-signs-in' | 'reload' | 'renew' | 'vendor-unfreezes' | 'vendor-mends';

export type HoldView = {
	reason: Hold;
	remedy: HoldRemedy;
	/** Commands that are held, and when the oldest of them was written: the desk's own times. */
	count: number;
	oldestAt?: Seconds;
	/** Since when the queue has been held for this reason. */
	since?: Seconds;
	/** Of `other-account`: whose they are, where this desk remembers. */
	authors: { id: string; email?: string; count: number }[];
};

const remedies: Record<Hold, HoldRemedy> = {
	'signed-out': 'sign-in',
	'other-account': 'author-signs-in',
	'old-version': 'reload',
	forked: 'renew',
	restored: 'vendor-unfreezes',
	'hub-fault': 'vendor-mends'
};

/** @returns `null` where nothing is held. */
export async function readHold(): Promise<HoldView | null> {
	const [state, identity, people = {}, waiting] = await Promise.all([
		readState('sync'),
		readState('identity'),
		readState('people'),
		waitingCommands()
	]);
	const reason = state?.held;
	if (!state || !reason) return null;
	const rows =
		reason === 'other-account' ? waiting.filter((row) => !isOf(row, identity?.id)) : waiting;
	const times = rows.map(({ createdAt }) => createdAt);
	const view: HoldView = {
		reason,
		remedy: remedies[reason],
		count: rows.length,
		authors: authorsOf(rows).map(({ id, count }) => ({ id, email: people[id]?.email, count }))
	};
	if (times.length > 0) view.oldestAt = Math.min(...times);
	if (state.heldSince !== undefined) view.since = state.heldSince;
	return view;
}

function authorsOf(rows: readonly OutboxRow[]): { id: string; count: number }[] {
	const counts = new Map<string, number>();
	for (const { author } of rows)
		if (author !== undefined) counts.set(author, (counts.get(author) ?? 0) + 1);
	return [...counts].map(([id, count]) => ({ id, count }));
}
