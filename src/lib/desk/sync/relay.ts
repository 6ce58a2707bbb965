/**
 * Relaying: pushes that other desks could not send are brought to the hub as they are. They run
 * under their author's rights, so nobody need be signed in here. [SY8]
 *
 * @module
 */
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { heldFor } from '#lib/domain/after-refusal.ts';
import { isFact, type CommandResult } from '#lib/protocol/commands.ts';
import { writePushFile } from '#lib/formats/push.ts';
import { addFiles, readAnswers, type Delivered } from '#lib/desk/files/answer-files.ts';
import { nextBatch, signBatch } from './batch.ts';
import { writeState } from '#lib/desk/store/state.ts';
import { deskNow, strict } from '#lib/desk/store/database.ts';
import type { FileRow } from '#lib/desk/store/file-rows.ts';
import { fetchHub, HubFault } from '#lib/desk/hub/hub.ts';
import { waitingCommands } from '#lib/desk/store/outbox.ts';
import { storeResults } from './store-results.ts';

/** Brings every push that was not brought yet, and keeps the answers to be carried back. */
export async function relayPushes(): Promise<void> {
	const waiting = await strict.files
		.where('kind')
		.equals('push')
		.filter(({ relayed }) => !relayed)
		.toArray();
	for (const row of waiting) await relay(row);
}

async function relay({ jti, text }: FileRow): Promise<void> {
	const results = await askHub(text);
	const answers = isRefusal(results) ? [] : await readAnswers(results.flatMap(deliveredOf));
	const relayed: FileRow['relayed'] = isRefusal(results)
		? { at: deskNow(), refusal: results, answered: 0, left: 0 }
		: { at: deskNow(), answered: results.length, left: results.filter(isLeft).length };
	// What the hub could not record is brought again; the rest of it is answered as before.
	const isFailed = !isRefusal(results) && results.some(hasFailed);
	await strict.transaction('rw', strict.files, strict.states, async () => {
		await addFiles(answers);
		if (!isFailed) await strict.files.update(jti, { relayed });
		await writeState('changedAt', deskNow());
	});
}

/** Brings the facts that wait while nobody is signed in: no session is needed for what has happened. [SY10] */
export async function relayFacts(): Promise<void> {
	let left = (await waitingCommands()).filter(({ type }) => isFact(type));
	while (left.length > 0) {
		const batch = nextBatch(left);
		const results = await askHub(writePushFile(await signBatch(batch), []));
		if (isRefusal(results)) return;
		await storeResults(results.filter(({ refusal }) => !refusal || !heldFor(refusal.refused)));
		const sent = new Set(batch.map(({ id }) => id));
		left = left.filter(({ id }) => !sent.has(id));
	}
}

/** Waits for its author, who signs in or updates. */
function isLeft({ refusal }: CommandResult): boolean {
	return refusal?.refused === 'SIGN_IN_REQUIRED' || refusal?.refused === 'COMMAND_UNKNOWN';
}

function hasFailed({ refusal }: CommandResult): boolean {
	return refusal?.refused === 'FACT_FAILED';
}

function deliveredOf({ file, receipts = [] }: CommandResult): Delivered[] {
	return [...(file === undefined ? [] : [file]), ...receipts].map((text) => ({ text }));
}

async function askHub(push: string): Promise<CommandResult[] | Refusal> {
	const response = await fetchHub('/v1/pushes', {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ push })
	});
	if (response.status >= 500 || response.status === 429) throw new HubFault(response);
	const body = (await response.json()) as {
		results?: CommandResult[];
		code?: string;
		facts?: object;
	};
	if (response.ok && body.results) return body.results;
	if (body.code === undefined) throw new HubFault(response);
	// Sound for display only: a newer hub may use codes and facts that this version does not know.
	return { refused: body.code, facts: body.facts ?? {} } as unknown as Refusal;
}
