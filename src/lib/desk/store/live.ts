/**
 * Live results: what a query answers now, and again whenever the tables it read change, in this tab
 * or another.
 *
 * @module
 */
import { liveQuery } from 'dexie';
import { createSubscriber } from 'svelte/reactivity';

/** The latest result of a query, kept fresh for as long as something on screen reads it. */
export class Live<T, I = void> {
	#latest: T | undefined;
	#failure: unknown;
	#subscribe: () => void;

	/**
	 * @param input - What the query asks about. Inside `$derived` it is read at once, so that another
	 * address makes another query; what only the query itself reads is not noticed there.
	 */
	constructor(query: (input: I) => T | Promise<T>, input?: I) {
		this.#subscribe = createSubscriber((update) => {
			// Sound: a query that asks about nothing takes no input.
			const subscription = liveQuery(() => query(input as I)).subscribe({
				next: (result) => {
					this.#latest = result;
					this.#failure = undefined;
					update();
				},
				error: (failure) => {
					this.#failure = failure;
					update();
				}
			});
			return () => subscription.unsubscribe();
		});
	}

	/** `undefined` until the first result. Throws what the query threw, for the nearest boundary. */
	get current(): T | undefined {
		this.#subscribe();
		// eslint-disable-next-line @typescript-eslint/only-throw-error -- what the query threw, unchanged
		if (this.#failure !== undefined) throw this.#failure;
		return this.#latest;
	}
}
