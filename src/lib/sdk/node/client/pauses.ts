/**
 * How long a client waits before it asks again: never all clients at once, whatever they had in common.
 *
 * @module
 */
const FIRST_MS = 1000;
const MOST_MS = 30_000;

/** A third of a lease's life, give or take a tenth: two renewals may be lost before it ends. */
export function renewalPause(ttl: number, random = Math.random()): number {
	return (ttl * 1000 * (0.9 + random / 5)) / 3;
}

/** Twice as long after each try that failed, half of it by chance. @param tries - From 1. */
export function backOff(tries: number, random = Math.random()): number {
	return Math.min(MOST_MS, FIRST_MS * 2 ** (tries - 1)) * (0.5 + random / 2);
}

/** A pause that can be cut short, and that holds no process back from its end. */
export class Pause {
	#timer: NodeJS.Timeout | undefined;
	#wake: (() => void) | undefined;

	wait(milliseconds: number): Promise<void> {
		return new Promise((done) => {
			this.#wake = done;
			this.#timer = setTimeout(done, Math.max(0, milliseconds)).unref();
		});
	}

	cut(): void {
		clearTimeout(this.#timer);
		this.#wake?.();
	}
}
