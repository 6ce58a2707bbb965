/**
 * What was entered for a request that is not made yet. It is kept with each key that is pressed, so
 * that a reload, a closed page or a flat battery costs nothing. [DK4]
 *
 * @module
 */
import type { RequestDraft } from '#lib/desk/store/state-rows.ts';
import { clearState, readState, writeState } from '#lib/desk/store/state.ts';

/** What is to be written next; while one is being written, only the newest waits. */
let newest: RequestDraft | undefined;
let work: Promise<void> | undefined;

export function readRequestDraft(): Promise<RequestDraft | undefined> {
	return readState('requestDraft');
}

/** @returns When it is on the disk, or a newer one in its place. */
export function keepRequestDraft(draft: RequestDraft): Promise<void> {
	newest = draft;
	work ??= writeNewest().finally(() => (work = undefined));
	return work;
}

/** The request is made, or somebody begins anew. */
export async function dropRequestDraft(): Promise<void> {
	newest = undefined;
	await work;
	await clearState('requestDraft');
}

async function writeNewest(): Promise<void> {
	while (newest) {
		const draft = newest;
		newest = undefined;
		await writeState('requestDraft', draft);
	}
}
