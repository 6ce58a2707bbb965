/**
 * What was found for the texts typed before: a longer text is looked for only in what the shorter one
 * found. [P10]
 *
 * @module
 */
import type { Haystack, Slots } from './haystack.ts';
import { Recent } from './recent.ts';

/** So many texts are remembered, for whoever deletes what they typed. */
const REMEMBERED = 16;

export class Narrowing {
	readonly #haystack: Haystack;
	readonly #found = new Recent<Slots>(REMEMBERED);

	constructor(haystack: Haystack) {
		this.#haystack = haystack;
	}

	/**
	 * Slots in whose texts all the words occur.
	 *
	 * @param name - What the result is remembered by: a name that begins with it finds no more.
	 * @param all - Where to look while nothing is remembered that the name begins with.
	 */
	find(name: string, words: readonly string[], all: Slots): Slots {
		let best = '';
		for (const known of this.#found.keys())
			if (known.length > best.length && name.startsWith(known)) best = known;
		let found = this.#found.get(best) ?? all;
		if (best === name) return found;
		const known = new Set(best.split(/\s+/));
		for (const word of words) if (!known.has(word)) found = this.#haystack.having(word, found);
		this.#found.set(name, found);
		return found;
	}
}
