/**
 * What one tab tells all of them, itself included.
 *
 * @module
 */

export class TabChannel<M> {
	readonly #channel: BroadcastChannel | undefined;
	readonly #listeners = new Set<(message: M) => void>();

	/** @param name - Tabs that use the same one hear each other. */
	constructor(name: string) {
		if (typeof BroadcastChannel === 'undefined') return;
		this.#channel = new BroadcastChannel(name);
		this.#channel.addEventListener('message', ({ data }) => this.#deliver(data as M));
	}

	tell(message: M): void {
		this.#deliver(message);
		this.#channel?.postMessage(message);
	}

	/** @param signal - Ends the hearing; without it, it goes on for as long as the page lives. */
	hear(listener: (message: M) => void, signal?: AbortSignal): void {
		this.#listeners.add(listener);
		signal?.addEventListener('abort', () => this.#listeners.delete(listener));
	}

	#deliver(message: M): void {
		for (const listener of this.#listeners) listener(message);
	}
}
