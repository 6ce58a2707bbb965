/**
 * Sync: what waits goes to the hub, what changed there comes back, nothing is lost between.
 *
 * One tab syncs for all, chosen by waiting for a Web Lock [SY7]. A browser may freeze that tab with the
 * lock in its hand: then a visible one takes it over. Two that sync at once do no harm, because the hub
 * does every command once [SY2]. What a round does is in `round.ts`,
 * which is loaded when the first one begins: the first screen does not wait for it.
 *
 * @module
 */
import { POLL_MS } from './backoff.ts';
import { writeState } from '#lib/desk/store/state.ts';
import { hubOrigin } from '#lib/desk/store/origin.ts';
import { onSyncNow, syncNow } from '#lib/desk/store/sync-signal.ts';
import { TabChannel } from '#lib/desk/store/tab-channel.ts';

/** Held by the one tab that syncs, for as long as it lives. */
const LEADER_LOCK = 'keyferry-sync';
/** Held during each round: whoever wants to reload the page waits for it. */
export const ROUND_LOCK = 'keyferry-round';

/** How often a tab that waits asks whether the one that syncs is awake, and how long it waits. */
const ASK_MS = 20_000;
const SILENCE_MS = 60_000;

const pokes = new TabChannel<Poke>(LEADER_LOCK);

let wake: () => void = () => {};

/**
 * Starts syncing in this tab, or waits until the tab that does so is gone, or silent for too long.
 *
 * @returns A call that stops it.
 */
export function startSync({ askMs = ASK_MS, silenceMs = SILENCE_MS } = {}): () => void {
	const stop = new AbortController();
	const { signal } = stop;
	if (!isSecureContext) {
		// Without HTTPS the browser has neither locks nor cryptography.
		void writeState('sync', { phase: 'idle', faults: 0, fault: 'insecure-context' });
		return () => stop.abort();
	}
	if (hubOrigin() === undefined) {
		void import('#lib/desk/hub/trust.ts').then(({ learnRoots }) => learnRoots());
		return () => stop.abort();
	}
	onSyncNow(() => wake(), signal);
	addEventListener('online', syncNow, { signal });
	document.addEventListener('visibilitychange', () => !document.hidden && syncNow(), { signal });
	const leader = new Leader(signal, silenceMs);
	pokes.hear((poke) => leader.hear(poke), signal);
	const asking = setInterval(() => leader.ask(), askMs);
	signal.addEventListener('abort', () => clearInterval(asking));
	leader.stand();
	return () => stop.abort();
}

/** What tabs say to each other about who leads. */
type Poke = 'awake?' | 'awake';

/** This tab's part in choosing the one that syncs. */
class Leader {
	readonly #signal: AbortSignal;
	readonly #silenceMs: number;
	#heardAt = performance.now();
	/** While this tab leads: ends that. */
	#leading: AbortController | undefined;

	constructor(signal: AbortSignal, silenceMs: number) {
		this.#signal = signal;
		this.#silenceMs = silenceMs;
		signal.addEventListener('abort', () => this.#leading?.abort());
	}

	/** Waits for the lock, or takes it from a tab that does not answer. */
	stand({ steal = false } = {}): void {
		const options = steal ? { steal } : { signal: this.#signal };
		void navigator.locks
			.request(LEADER_LOCK, options, () => this.#lead(steal))
			.catch((error: unknown) => {
				if (this.#signal.aborted) return;
				// Another tab took over while this one was frozen.
				this.#leading?.abort();
				if (!(error instanceof DOMException && error.name === 'AbortError')) throw error;
				this.#heardAt = performance.now();
				this.stand();
			});
	}

	async #lead(hasStolen: boolean): Promise<void> {
		const leading = new AbortController();
		this.#leading = leading;
		if (this.#signal.aborted) return;
		await lead(leading.signal, hasStolen);
		this.#leading = undefined;
	}

	hear(poke: Poke): void {
		if (poke === 'awake') this.#heardAt = performance.now();
		else if (this.#leading) pokes.tell('awake');
	}

	/** A hidden tab may be frozen itself, and its clock tells nothing. */
	ask(): void {
		if (this.#leading || document.hidden) {
			this.#heardAt = performance.now();
			return;
		}
		if (performance.now() - this.#heardAt > this.#silenceMs) this.stand({ steal: true });
		pokes.tell('awake?');
	}
}

/** @param hasStolen - The tab that led may hold the round's lock as well. */
async function lead(signal: AbortSignal, hasStolen: boolean): Promise<void> {
	let steal = hasStolen;
	while (!signal.aborted) {
		const pause = new Pause(signal);
		wake = () => pause.end();
		const waitMs = await navigator.locks
			.request(ROUND_LOCK, { steal }, oneRound)
			.catch(() => POLL_MS);
		steal = false;
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
