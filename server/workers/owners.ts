/**
 * Which worker decides for which customer. Of workers that come and go each customer keeps its own, unless
 * that one has gone, or the new one is its (rendezvous hashing).
 *
 * @module
 */
import { sha256 } from '#server/db/sha256.ts';

/** @returns `undefined` where nobody works. */
export function ownerAmong(customerId: string, workers: readonly number[]): number | undefined {
	let best: { worker: number; score: string } | undefined;
	for (const worker of workers) {
		const score = sha256(`${worker} ${customerId}`);
		if (!best || score > best.score) best = { worker, score };
	}
	return best?.worker;
}
