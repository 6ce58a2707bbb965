/**
 * Submitting: requests and returns join the outbox, whether or not the hub can be reached now.
 *
 * @module
 */
import { isRefusal } from '#lib/domain/refusal.ts';
import { joinTokens, readFile } from '#lib/formats/file.ts';
import { writeState } from '#lib/desk/store/state.ts';
import { deskNow, strict } from '#lib/desk/store/database.ts';
import type { StoredRequest } from '#lib/desk/store/file-rows.ts';
import { listRequests } from './read-requests.ts';
import { syncNow } from '#lib/desk/store/sync-signal.ts';
import { appendCommands, draftCommand, type Draft } from '#lib/desk/store/outbox.ts';

/**
 * Queues requests for the hub. One that waits already is not queued twice; a refused one is asked
 * again [RE1].
 *
 * @returns How many wait now because of this.
 */
export async function submitRequests(jtis: readonly string[]): Promise<number> {
	const rows = await strict.requests.bulkGet([...jtis]);
	const waiting = await appendCommands(await draftSubmissions(rows.filter(isThere)));
	syncNow();
	return waiting.length;
}

/**
 * The commands that submit these. Whoever stores a request and submits it at once appends them in the
 * transaction that stores it: a page that is closed after the click has both or neither. [DK1]
 */
export async function draftSubmissions(rows: readonly StoredRequest[]): Promise<Draft[]> {
	const drafts: Draft[] = [];
	for (const { jti, kind, text } of rows) {
		const file = readFile(text);
		if (isRefusal(file)) continue;
		const tokens = joinTokens(file);
		drafts.push(
			kind === 'return'
				? await draftCommand('activation.return', { file: tokens }, jti)
				: await draftCommand('activation.request', { request: tokens }, jti)
		);
	}
	return drafts;
}

function isThere(row: StoredRequest | undefined): row is StoredRequest {
	return row !== undefined;
}

/** Queues every request that has never been submitted. */
export async function submitDrafts(): Promise<number> {
	const drafts = (await listRequests()).filter(({ state }) => state === 'draft');
	return drafts.length === 0 ? 0 : submitRequests(drafts.map(({ jti }) => jti));
}

/**
 * Forgets a request that was never submitted, with the key that was made for it.
 *
 * @returns What was removed, for `restoreRequest`; `undefined` where the request has left already.
 */
export async function discardRequest(jti: string) {
	return strict.transaction(
		'rw',
		[strict.requests, strict.machineKeys, strict.outbox, strict.states],
		async () => {
			if ((await strict.outbox.where('subject').equals(jti).count()) > 0) return undefined;
			const request = await strict.requests.get(jti);
			const machineKey = await strict.machineKeys.get(jti);
			if (!request) return undefined;
			await strict.requests.delete(jti);
			await strict.machineKeys.delete(jti);
			await writeState('changedAt', deskNow());
			return { request, machineKey };
		}
	);
}

export type RemovedRequest = NonNullable<Awaited<ReturnType<typeof discardRequest>>>;

/** Undoes `discardRequest`. */
export async function restoreRequest(removed: RemovedRequest): Promise<void> {
	await strict.transaction('rw', [strict.requests, strict.machineKeys], async () => {
		await strict.requests.put(removed.request);
		if (removed.machineKey) await strict.machineKeys.put(removed.machineKey);
	});
}
