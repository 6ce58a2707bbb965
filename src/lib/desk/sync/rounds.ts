/**
 * What became of the last rounds of sync, for people who want to know why something waits.
 *
 * @module
 */
import { readState, writeState } from '#lib/desk/store/state.ts';
import { deskNow, relaxed, strict } from '#lib/desk/store/database.ts';
import type { RoundEntry, SyncState } from '#lib/desk/store/state-rows.ts';

const KEPT = 30;

/** Notes how a round ended, newest first. */
export async function keepRound({ phase, held, fault }: SyncState): Promise<void> {
	if (phase === 'syncing') return;
	const settledNow = await strict.outbox.where('state').equals('settled').count();
	const { entries, settledBefore } = (await readState('rounds')) ?? {
		entries: [],
		settledBefore: 0
	};
	const at = deskNow();
	const settled = Math.max(0, settledNow - settledBefore);
	const [last, ...rest] = entries;
	const isSame = settled === 0 && last?.held === held && last?.fault === fault && last;
	const next: RoundEntry[] = isSame
		? [{ ...last, until: at, times: last.times + 1 }, ...rest]
		: [
				{ at, until: at, times: 1, settled, ...(held && { held }), ...(fault && { fault }) },
				...entries
			];
	await writeState('rounds', { entries: next.slice(0, KEPT), settledBefore: settledNow }, relaxed);
}

export async function listRounds(): Promise<RoundEntry[]> {
	return (await readState('rounds'))?.entries ?? [];
}
