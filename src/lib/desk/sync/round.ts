/**
 * One round of sync: pushOutbox, then pullMirror. Only faults are tried again; a refusal is a result. [SY3]
 *
 * @module
 */
import { Dexie } from 'dexie';
import { heldFor } from '#lib/domain/after-refusal.ts';
import { POLL_MS, retryDelayMs } from './backoff.ts';
import { submitProven } from './submit-proven.ts';
import { readState, writeState } from '#lib/desk/store/state.ts';
import { deskNow, relaxed } from '#lib/desk/store/database.ts';
import { isCurrent, owner } from '#lib/desk/store/owner.ts';
import { foldMirror } from '#lib/desk/mirror/fold.ts';
import { noteMirrored } from '#lib/desk/mirror/asked-texts.ts';
import { readEnded } from '#lib/desk/store/ended-state.ts';
import { keepMirrored } from '#lib/desk/files/mirrored-answers.ts';
import { pullMirror } from './mirror.ts';
import { pullOwedKeys } from './owed-keys.ts';
import { pushOutbox } from './push.ts';
import type { SyncState } from '#lib/desk/store/state-rows.ts';
import { judgeFailure } from '#lib/desk/hub/hub.ts';
import { waitingCommands } from '#lib/desk/store/outbox.ts';
import { relayFacts, relayPushes } from './relay.ts';
import { keepRound } from './rounds.ts';
import { closeDesk, confirmIdentity, settleOwedSignOut } from '#lib/desk/hub/session.ts';
import { storeResults } from './store-results.ts';
import { learnFace } from '#lib/desk/hub/face.ts';
import { learnRoots } from '#lib/desk/hub/trust.ts';

/** The mirror is made smaller for so long in each round, in milliseconds. */
const FOLDING_MS = 500;

/** One round. @returns How long to wait before the next. */
export async function round(): Promise<number> {
	const before = (await readState('sync')) ?? { phase: 'idle', faults: 0 };
	try {
		await settleOwedSignOut();
		await learnRoots();
		void learnFace();
		// This page shows the desk of somebody who is not signed in any more, and is loaded anew.
		if (!isCurrent()) return POLL_MS;
		if (owner === undefined) {
			// Whoever holds a license key needs no account. [RE2]
			await relayFacts();
			const held = await submitProven(await waitingCommands(), storeResults);
			await relayPushes();
			await report({ ...idle(before), held });
			return POLL_MS;
		}
		await report({ ...before, phase: 'syncing' });
		const identity = await confirmIdentity();
		if (identity === null) {
			// What has happened goes to the hub all the same, as far as it can be reached. [SY10]
			await relayFacts().catch(() => undefined);
			await closeDesk();
			return POLL_MS;
		}
		if ('refused' in identity) {
			await report({ ...idle(before), held: 'signed-out' });
			return POLL_MS;
		}
		const pushed = await pushOutbox();
		await pullMirror();
		await pullOwedKeys();
		await noteMirrored();
		await keepMirrored();
		const held = pushed ?? ((await readEnded()) === null ? undefined : 'ended');
		await relayPushes();
		await report({ phase: 'idle', faults: 0, syncedAt: deskNow(), ...(held ? { held } : {}) });
		await fold();
		return POLL_MS;
	} catch (error) {
		const failure = isStorageFault(error)
			? { fault: 'storage', detail: `storage: ${error.name}` }
			: judgeFailure(error);
		if ('refusal' in failure) {
			const held = heldFor(failure.refusal.refused);
			await report({ ...idle(before), held, fault: held ? undefined : failure.refusal.refused });
			return POLL_MS;
		}
		const faults = before.faults + 1;
		const waitMs =
			'retryAfterSeconds' in failure && failure.retryAfterSeconds
				? failure.retryAfterSeconds * 1000
				: retryDelayMs(faults, Math.random());
		await report({
			...idle(before),
			phase: 'waiting',
			fault: failure.fault === 'unreachable' ? 'unreachable' : failure.detail,
			faults,
			nextTryAt: deskNow() + Math.ceil(waitMs / 1000)
		});
		return waitMs;
	}
}

/** A little with each round: whoever waits for the next one does not notice. */
async function fold(): Promise<void> {
	const until = performance.now() + FOLDING_MS;
	await foldMirror(relaxed, async () => {
		await new Promise((resolve) => setTimeout(resolve));
		return performance.now() < until;
	});
}

function idle({ syncedAt }: SyncState): SyncState {
	return { phase: 'idle', faults: 0, ...(syncedAt === undefined ? {} : { syncedAt }) };
}

/** The disk is full, or the browser closed the database: nothing that was stored is lost by it. */
function isStorageFault(error: unknown): error is Error {
	return error instanceof Dexie.DexieError;
}

async function report({ heldSince: _, ...state }: SyncState): Promise<void> {
	const before = await readState('sync');
	const since = before?.held === state.held ? before?.heldSince : undefined;
	const held = state.held ? { heldSince: since ?? deskNow() } : {};
	await writeState('sync', { ...state, ...held }, relaxed);
	await keepRound(state);
}
