/**
 * Why work is held, with what a person needs to know to set it going again. Nothing that is held is
 * ever dropped. [SY3]
 *
 * @module
 */
import type { Seconds } from '#lib/domain/time.ts';
import { readState } from '#lib/desk/store/state.ts';
import type { Hold } from '#lib/desk/store/state-rows.ts';
import { countWaiting } from '#lib/desk/store/outbox.ts';

/**
 * What sets it going again: somebody signs in, the desk is reloaded, it begins a new outbox
 * (`renewOutbox`), or the vendor lifts the freeze of a restored hub, or mends the hub, and the desk
 * goes on by itself.
 */
export type HoldRemedy = 'sign-in' | 'reload' | 'renew' | 'vendor-unfreezes' | 'vendor-mends';

export type HoldView = {
	reason: Hold;
	remedy: HoldRemedy;
	/** Commands that are held, and when the oldest of them was written: the desk's own times. */
	count: number;
	oldestAt?: Seconds;
	/** Since when the queue has been held for this reason. */
	since?: Seconds;
};

const remedies: Record<Hold, HoldRemedy> = {
	'signed-out': 'sign-in',
	'old-version': 'reload',
	forked: 'renew',
	ended: 'renew',
	restored: 'vendor-unfreezes',
	'hub-fault': 'vendor-mends'
};

/** @returns `null` where nothing is held. */
export async function readHold(): Promise<HoldView | null> {
	const [state, { count, oldestAt }] = await Promise.all([readState('sync'), countWaiting()]);
	const reason = state?.held;
	if (!state || !reason) return null;
	const view: HoldView = { reason, remedy: remedies[reason], count };
	if (oldestAt !== undefined) view.oldestAt = oldestAt;
	if (state.heldSince !== undefined) view.since = state.heldSince;
	return view;
}
