/**
 * What workers have counted, as the process that leads knows it: of one that does not answer, what it told
 * last. Whoever watches a hub is to see just then that something is wrong with it.
 *
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { CountedByOthers, CountedHere } from '#server/metrics/metrics.ts';

const PATIENCE_MS = 1_000;

/** @param askEach - Asks each worker that takes part, by its number. */
export function gatherCounts(
	askEach: () => ReadonlyMap<number, Promise<CountedHere>>
): () => Promise<CountedByOthers> {
	let known = new Map<number, CountedHere>();
	return async () => {
		const told = new Map<number, CountedHere>();
		const asked = askEach();
		const answers = [...asked].map(([worker, answer]) =>
			answer.then((counted) => told.set(worker, counted)).catch(() => undefined)
		);
		const given = new AbortController();
		const late = sleep(PATIENCE_MS, undefined, { signal: given.signal }).catch(() => undefined);
		await Promise.race([Promise.all(answers), late]);
		given.abort();
		const before = known;
		known = new Map(told);
		for (const worker of asked.keys()) {
			const last = before.get(worker);
			if (last && !known.has(worker)) known.set(worker, last);
		}
		return { counted: [...known.values()], answering: told.size };
	};
}
