/**
 * Which file counts, where several answer the same request. [FI1]
 *
 * @module
 */
import { strict } from '#lib/desk/store/database.ts';
import type { FileRow } from '#lib/desk/store/file-rows.ts';

/**
 * Answers that this desk holds, one for each request or return: the newest file of what was granted,
 * else the newest word.
 */
export async function listAnswers(): Promise<FileRow[]> {
	const rows = await strict.files.orderBy('storedAt').toArray();
	const chosen = new Map<string, FileRow>();
	for (const row of rows) {
		if (row.request === undefined) continue;
		const before = chosen.get(row.request);
		if (!before || !outranks(before, row)) chosen.set(row.request, row);
	}
	return [...chosen.values()];
}

/** Everything kept to be carried on that is no request: answers, trust. Newest first. */
export function listFiles(): Promise<FileRow[]> {
	return strict.files.orderBy('storedAt').reverse().toArray();
}

/** A file that was granted counts more than any refusal, and the newer generation more. [FI1] */
export function outranks(before: FileRow, row: FileRow): boolean {
	if (before.kind !== 'activation') return false;
	return row.kind !== 'activation' || generationOf(before) > generationOf(row);
}

function generationOf({ summary }: FileRow): number {
	return summary.generation ?? 0;
}
