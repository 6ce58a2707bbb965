/**
 * Live results: what a query answers now, and again whenever the tables it read change, in this tab
 * or another.
 *
 * @module
 */
import { createSubscriber } from 'svelte/reactivity';
import { observeQuery } from './observe-query.ts';

/** The latest result of a query, kept fresh for as long as something on screen reads it. */
export class Live<T> {
	#latest: T | undefined;
	#failure: unknown;
	#subscribe: () => void;

	constructor(query: () => T | Promise<T>) {
		this.#subscribe = createSubscriber((update) => {
			const subscription = observeQuery(query).subscribe({
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
