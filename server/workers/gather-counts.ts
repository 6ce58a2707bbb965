/**
 * What workers have counted, as the process that leads knows it: of one that does not answer, what it told
 * last. Whoever watches a hub is to see just then that something is wrong with it. What one had counted that
 * has ended stays counted, as far as it told it: a counter that went down would be read as a new start.
 *
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { sumUp, type CountedByOthers, type CountedHere } from '#server/metrics/metrics.ts';

const PATIENCE_MS = 1_000;

/** @param askEach - Asks each worker that takes part, by its number. */
export function gatherCounts(
	askEach: () => ReadonlyMap<number, Promise<CountedHere>>
): () => Promise<CountedByOthers> {
	const known = new Map<number, CountedHere>();
	let ofEnded: Promise<CountedHere> = Promise.resolve([]);
	return async () => {
		const asked = askEach();
		for (const [worker, last] of known) {
			if (asked.has(worker)) continue;
			known.delete(worker);
			ofEnded = ofEnded.then((before) => sumUp([before, last.filter(isSummed)]));
		}
		let answering = 0;
		const answers = [...asked].map(([worker, answer]) =>
			answer
				.then((counted) => {
					answering++;
					known.set(worker, counted);
				})
				.catch(() => undefined)
		);
		const given = new AbortController();
		const late = sleep(PATIENCE_MS, undefined, { signal: given.signal }).catch(() => undefined);
		await Promise.race([Promise.all(answers), late]);
		given.abort();
		return { counted: [await ofEnded, ...known.values()], answering };
	};
}

/** What only rises. What is measured at this moment, such as memory, ends with the process. */
function isSummed({ type }: CountedHere[number]): boolean {
	return ['counter', 'histogram'].includes(String(type));
}
