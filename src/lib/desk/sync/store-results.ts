/**
 * Results of commands, stored with the files that they carry.
 *
 * @module
 */
import type { CommandResult } from '#lib/protocol/commands.ts';
import { addFiles, readAnswers, type Delivered } from '#lib/desk/files/answer-files.ts';
import { writeState } from '#lib/desk/store/state.ts';
import { deskNow, strict } from '#lib/desk/store/database.ts';
import { settleOutbox } from '#lib/desk/store/outbox.ts';
import type { OutboxRow } from '#lib/desk/store/desk-rows.ts';
import { addOwnAllotments, readOwnAllotments } from '#lib/desk/files/own-allotments.ts';

/** A result and the file that it carries are stored together, or neither. */
export async function storeResults(results: readonly CommandResult[]): Promise<void> {
	const asked = await strict.outbox.bulkGet(results.map(({ id }) => id));
	const files = await readAnswers(
		results.flatMap(({ file, receipts = [] }, at): Delivered[] => [
			...(file === undefined ? [] : [{ text: file, request: requestOf(asked[at]) }]),
			...receipts.map((text) => ({ text }))
		])
	);
	const allotments = await readOwnAllotments(results.flatMap(({ file }) => file ?? []));
	await strict.transaction(
		'rw',
		[strict.outbox, strict.files, strict.ownAllotments, strict.states],
		async () => {
			await settleOutbox(results);
			await addFiles(files);
			await addOwnAllotments(allotments);
			await writeState('changedAt', deskNow());
		}
	);
}

/** What an answer is about, where the file itself does not say so. */
function requestOf(row: OutboxRow | undefined): string | undefined {
	const isAsked = row?.type === 'activation.request' || row?.type === 'activation.return';
	return isAsked ? row.subject : undefined;
}
