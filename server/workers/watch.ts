/**
 * Whether a worker still answers: one that stands still holds what nobody else can take from it, keeps
 * others waiting who have to be told something, and is not missed by anybody, because it has not ended.
 *
 * @module
 */

/** Asked so often. */
const ASK_MS = 5_000;
/** One that has left so many questions in a row without an answer will not work again. */
const UNANSWERED = 4;

/**
 * Time in which this process stood still itself is not counted against anybody: it asks less often then.
 *
 * @param ask - Settles when the worker answers.
 * @param end - Ends it by force.
 * @returns Stops watching.
 */
export function watchWorker({
	ask,
	end
}: {
	ask: () => Promise<unknown>;
	end: () => void;
}): () => void {
	let unanswered = 0;
	const timer = setInterval(() => {
		if (unanswered >= UNANSWERED) {
			end();
			return;
		}
		unanswered++;
		ask().then(
			() => (unanswered = 0),
			() => undefined
		);
	}, ASK_MS);
	return () => clearInterval(timer);
}
