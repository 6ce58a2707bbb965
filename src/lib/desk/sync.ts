/**
 * Sync: what waits goes to the hub, what changed there comes back, nothing is lost between.
 *
 * One tab syncs for all, chosen by waiting for a Web Lock [SY7]. What a round does is in `round.ts`,
 * which is loaded when the first one begins: the first screen does not wait for it.
 *
 * @module
 */
import { POLL_MS } from './backoff.ts';
import { writeFact } from './database.ts';
import { hubOrigin } from './origin.ts';

/** Held by the one tab that syncs, for as long as it lives. */
const LEADER_LOCK = 'keyferry-sync';
/** Held during each round: whoever wants to reload the page waits for it. */
export const ROUND_LOCK = 'keyferry-round';

const pokes =
	typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(LEADER_LOCK);

let wake: () => void = () => {};

/**
 * Starts syncing in this tab, or waits until the tab that does so is gone.
 *
 * @returns A call that stops it.
 */
export function startSync(): () => void {
	const stop = new AbortController();
	const { signal } = stop;
	if (!isSecureContext) {
		// Without HTTPS the browser has neither locks nor cryptography.
		void writeFact('sync', { phase: 'idle', faults: 0, fault: 'insecure-context' });
		return () => stop.abort();
	}
	if (hubOrigin() === undefined) {
		void import('./trust.ts').then(({ learnRoots }) => learnRoots());
		return () => stop.abort();
	}
	addEventListener('online', syncNow, { signal });
	document.addEventListener('visibilitychange', () => !document.hidden && syncNow(), { signal });
	pokes?.addEventListener('message', () => wake(), { signal });
	void navigator.locks
		.request(LEADER_LOCK, { signal }, () => lead(signal))
		.catch((error: unknown) => {
			if (!signal.aborted) throw error;
		});
	return () => stop.abort();
}

/** Syncs at once, whichever tab does it. */
export function syncNow(): void {
	wake();
	pokes?.postMessage('now');
}

async function lead(signal: AbortSignal): Promise<void> {
	while (!signal.aborted) {
		const pause = new Pause(signal);
		wake = () => pause.end();
		const waitMs = await navigator.locks.request(ROUND_LOCK, oneRound).catch(() => POLL_MS);
		// Whatever came in meanwhile is not in the round that just ended: then there is no pause.
		await pause.atMost(waitMs);
	}
}

async function oneRound(): Promise<number> {
	const { round } = await import('./round.ts');
	return round();
}

/** A wait that can be ended early, even before it has begun. */
class Pause {
	#ended: Promise<void>;
	end: () => void = () => {};

	constructor(signal: AbortSignal) {
		this.#ended = new Promise((resolve) => (this.end = resolve));
		signal.addEventListener('abort', () => this.end(), { once: true });
	}

	async atMost(waitMs: number): Promise<void> {
		const timer = setTimeout(this.end, waitMs);
		await this.#ended;
		clearTimeout(timer);
	}
}
