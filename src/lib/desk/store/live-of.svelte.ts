/**
 * Live results of a query that asks about something.
 *
 * @module
 */
import { Live } from './live.ts';

/**
 * The latest result for what is asked about now. Asked about the same, it stays, whatever that is read from: a row
 * that is read anew has the same id, and what a person has opened of it stays open. [DK9]
 */
export class LiveOf<T, I extends string | undefined> {
	readonly #query: (input: I) => T | Promise<T>;
	readonly #ask: () => I;
	readonly #input = $derived.by(() => this.#ask());
	readonly #live = $derived.by(() => {
		const input = this.#input;
		return new Live(() => this.#query(input));
	});

	constructor(query: (input: I) => T | Promise<T>, input: () => I) {
		this.#query = query;
		this.#ask = input;
	}

	/** `undefined` until the first result about it. Throws what the query threw, for the nearest boundary. */
	get current(): T | undefined {
		return this.#live.current;
	}
}
