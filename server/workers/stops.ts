/**
 * Who asks too often, as a worker knows it: each request of an address is let through at once and counted
 * with the next message to the process that leads, which tells all workers whom to stop. So a flood is
 * stopped some hundredths of a second late, and nobody waits to be counted.
 *
 * @module
 */
import type { Counted } from '#server/http/rate-limit.ts';
import type { Passed, Stopped } from './questions.ts';

/** What is let through is told after so long. */
const TELL_MS = 10;
/** Of so many that were stopped some have waited long enough. */
const MANY = 10_000;

export type Stops = {
	/** @returns Milliseconds to wait, of whoever is stopped. */
	pass(kind: Counted, key: string, points?: number): Promise<number | undefined>;
	waitOf(kind: Counted, key: string): number | undefined;
	stop(stopped: Stopped): void;
};

/** @param tell - Brings what was let through to where it is counted. */
export function passStopped(tell: (passed: Passed[]) => Promise<unknown>): Stops {
	const ends = new Map<string, number>();
	let passed = new Map<string, Passed>();

	const tellPassed = () => {
		const all = [...passed.values()];
		passed = new Map();
		void tell(all).catch(() => undefined);
	};
	const waitOf = (kind: Counted, key: string) => {
		const name = `${kind} ${key}`;
		const end = ends.get(name);
		if (end === undefined) return undefined;
		const wait = end - performance.now();
		if (wait > 0) return wait;
		ends.delete(name);
		return undefined;
	};
	return {
		waitOf,
		pass: async (kind, key, points = 1) => {
			const wait = waitOf(kind, key);
			if (wait !== undefined) return wait;
			if (passed.size === 0) setTimeout(tellPassed, TELL_MS);
			const name = `${kind} ${key}`;
			const known = passed.get(name);
			passed.set(name, { kind, key, points: points + (known?.points ?? 0) });
			return undefined;
		},
		stop: ({ kind, key, waitMs }) => {
			const now = performance.now();
			if (ends.size > MANY) for (const [name, end] of ends) if (end <= now) ends.delete(name);
			ends.set(`${kind} ${key}`, now + waitMs);
		}
	};
}
