/**
 * Answers that the mirror had before their request came here: granted through another desk, and
 * imported afterwards, for one. They become files of this desk like every other answer, so that they
 * are counted, saved and kept. [FI1, DK7]
 *
 * @module
 */
import { strict } from '#lib/desk/store/database.ts';
import { addFiles, readAnswers, type Delivered } from './answer-files.ts';

/** @returns How many answers there are now that were not here before. */
export async function keepMirrored(): Promise<number> {
	const [requests, answered] = await Promise.all([
		strict.requests.toArray(),
		strict.files.orderBy('request').uniqueKeys()
	]);
	const known = new Set(answered);
	const open = requests.filter(({ jti }) => !known.has(jti));
	const returns = open.filter(({ kind }) => kind === 'return');
	const [answers, receipts] = await Promise.all([
		strict.answers.bulkGet(open.map(({ jti }) => jti)),
		strict.receipts.bulkGet(returns.map(({ summary }) => summary.act ?? ''))
	]);
	const delivered: Delivered[] = [
		...answers.flatMap((row) => (row ? [{ text: row.file, request: row.request }] : [])),
		...receipts.flatMap((row, at) => (row ? [{ text: row.file, request: returns[at]?.jti }] : []))
	];
	if (delivered.length === 0) return 0;
	const rows = await readAnswers(delivered);
	await strict.transaction('rw', strict.files, async () => addFiles(rows));
	return rows.length;
}
