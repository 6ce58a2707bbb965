/**
 * A round that somebody asked for, and how it ended: whoever presses a button is told what came of it.
 *
 * @module
 */
import { observeQuery } from '#lib/desk/store/observe-query.ts';
import { readState } from '#lib/desk/store/state.ts';
import type { RoundEntry, RoundLog } from '#lib/desk/store/state-rows.ts';
import { syncNow } from '#lib/desk/store/sync-signal.ts';

/** Longer than the hub may take for one answer. */
const PATIENCE_MS = 45_000;

/**
 * Syncs at once, whichever tab does it.
 *
 * @returns How the next round ended, or nothing where none has within 45 seconds: it goes on by itself.
 */
export async function syncOnce({ patienceMs = PATIENCE_MS } = {}): Promise<RoundEntry | undefined> {
	const logBefore = await readState('rounds');
	const before = stampOf(logBefore);
	return new Promise((resolve, reject) => {
		const end = (entry: RoundEntry | undefined) => {
			clearTimeout(timer);
			subscription.unsubscribe();
			resolve(entry);
		};
		const timer = setTimeout(() => end(undefined), patienceMs);
		const subscription = observeQuery(() => readState('rounds')).subscribe({
			next: (log) => {
				const [last] = log?.entries ?? [];
				if (!log || !last || stampOf(log) === before) return;
				// Of the rounds since: the one that ended last may have found everything sent already.
				end({ ...last, settled: Math.max(0, log.settledBefore - (logBefore?.settledBefore ?? 0)) });
			},
			error: reject
		});
		syncNow();
	});
}

/** Every round that ends changes it. */
function stampOf(log: RoundLog | undefined): string {
	return JSON.stringify([log?.settledBefore, log?.entries.length, log?.entries[0]]);
}
