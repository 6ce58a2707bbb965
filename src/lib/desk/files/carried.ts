/**
 * Files on their way to a machine.
 *
 * @module
 */
import { strict } from '#lib/desk/store/database.ts';
import { addFiles, readAnswers } from './answer-files.ts';
import { markSaved } from './save-answers.ts';

/** Something for the machine, to be carried there. */
export type Carried = { text: string; fileName: string };

/** Remembers that a file has left this desk to be carried on; from the mirror, it is kept. [FI1] */
export async function markCarried({ text }: Carried): Promise<void> {
	const rows = await readAnswers([{ text }]);
	await strict.transaction('rw', strict.files, async () => addFiles(rows));
	for (const { jti } of rows) await markSaved(jti);
}
