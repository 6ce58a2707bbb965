/**
 * Whether a worker still answers: one that stands still holds what nobody else can take from it, keeps
 * others waiting who have to be told something, and is not missed by anybody, because it has not ended.
 *
 * @module
 */
import { processorTicks } from './processor-ticks.ts';

/** Asked so often. */
const ASK_MS = 5_000;
/** One that has left so many questions in a row without an answer, and did not work, will not work again. */
const UNANSWERED = 4;
/** One that worked all the while and answered none of so many will not find an end: five minutes. */
const UNANSWERED_AT_WORK = 60;

/**
 * @param unanswered - Questions in a row.
 * @param isWorking - Whether it has used the processor since it was asked last.
 */
export function isLost({
	unanswered,
	isWorking
}: {
	unanswered: number;
	isWorking: boolean;
}): boolean {
	return unanswered >= (isWorking ? UNANSWERED_AT_WORK : UNANSWERED);
}

/**
 * Time in which this process stood still itself is not counted against anybody: it asks less often then.
 *
 * @param pid - Of the worker.
 * @param ask - Settles when it answers.
 * @param end - Ends it by force.
 * @returns Stops watching.
 */
export function watchWorker({
	pid,
	ask,
	end
}: {
	pid: number;
	ask: () => Promise<unknown>;
	end: () => void;
}): () => void {
	let unanswered = 0;
	let ticks: number | undefined;
	const timer = setInterval(() => {
		const before = ticks;
		ticks = processorTicks(pid);
		const isWorking = before !== undefined && ticks !== undefined && ticks > before;
		if (isLost({ unanswered, isWorking })) {
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
