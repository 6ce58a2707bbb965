/**
 * One thing done with many rows, one after the other. Each row has its own result, and a row that is
 * refused stops no other. Where nobody answers, the run stops and can be taken up where it stood: what is
 * done is never done again. [DK3]
 *
 * @module
 */
import type { Refusal, RefusalCode } from '#lib/domain/refusal.ts';

export type BulkResult = { did: 'done' } | { did: 'refused'; refusal: Refusal };

/** Results by id of the row; a row without one has not been tried, or nobody answered. */
export type BulkResults = ReadonlyMap<string, BulkResult>;

/** Says nothing of the row: nobody answered, or nobody is signed in any more. It would be the same for each. */
const ofTheWay: ReadonlySet<RefusalCode> = new Set<RefusalCode>([
	'HUB_UNREACHABLE',
	'SIGN_IN_REQUIRED'
]);

export type BulkEnd =
	| { by: 'end' }
	| { by: 'stopped' }
	/** Why the way to the hub is closed. */
	| { by: 'way'; refusal: Refusal };

/**
 * Goes on with what has no result yet.
 *
 * @param act - Answers with nothing once it is done, else why not.
 * @param known - Results of an earlier run over the same rows.
 * @param tell - Hears the results after each row.
 */
export async function runBulk<R extends { id: string }>(
	rows: readonly R[],
	act: (row: R) => Promise<Refusal | undefined>,
	{
		known = new Map(),
		tell,
		signal
	}: { known?: BulkResults; tell: (results: BulkResults) => void; signal: AbortSignal }
): Promise<BulkEnd> {
	let results = known;
	for (const row of rows) {
		if (results.has(row.id)) continue;
		if (signal.aborted) return { by: 'stopped' };
		const refusal = await act(row);
		if (refusal && ofTheWay.has(refusal.refused)) return { by: 'way', refusal };
		const result: BulkResult = refusal ? { did: 'refused', refusal } : { did: 'done' };
		results = new Map(results).set(row.id, result);
		tell(results);
	}
	return { by: 'end' };
}

/** How many rows came to what. */
export function countResults(
	rows: readonly { id: string }[],
	results: BulkResults
): { done: number; refused: number; left: number } {
	const counts = { done: 0, refused: 0, left: 0 };
	for (const { id } of rows) counts[results.get(id)?.did ?? 'left'] += 1;
	return counts;
}
