/**
 * Many short texts end to end in one, which the platform searches many times faster than each of
 * them. [P10]
 *
 * @module
 */

/** Where a word is that does not occur. */
const NOWHERE = 0xffff_ffff;

export class JoinedTexts {
	readonly #text: string;
	/** Where each text ends, its line break included. */
	readonly #ends: Uint32Array;
	/** What was looked for last, and its first place in each text. */
	#word = '';
	readonly #places: Uint32Array;

	/** No word that is looked for has a line break: none is found across two texts. */
	constructor(texts: readonly string[]) {
		let end = 0;
		this.#ends = Uint32Array.from(texts, (text) => (end += text.length + 1));
		this.#text = texts.join('\n');
		this.#places = new Uint32Array(texts.length);
	}

	has(word: string, at: number): boolean {
		return this.#text.slice(at === 0 ? 0 : this.#ends[at - 1]!, this.#ends[at]).includes(word);
	}

	/**
	 * Sets the flag of each text in which the word occurs. A word that goes on with what was looked for before is
	 * looked for only where that was found.
	 *
	 * @returns Whether it occurs in any.
	 */
	mark(word: string, flags: Uint8Array): boolean {
		const before = this.#word;
		this.#word = word;
		return before !== '' && word.startsWith(before)
			? this.#markFurther(word, before.length, flags)
			: this.#markAll(word, flags);
	}

	/** Goes from one text that has it to the next: few do. */
	#markAll(word: string, flags: Uint8Array): boolean {
		const text = this.#text;
		const ends = this.#ends;
		const places = this.#places.fill(NOWHERE);
		let at = 0;
		for (let found = text.indexOf(word); found >= 0; found = text.indexOf(word, ends[at])) {
			while (ends[at]! <= found) at++;
			flags[at] = 1;
			places[at] = found;
		}
		return at < ends.length && flags[at] === 1;
	}

	/** @param known - So much of the word is at the places. */
	#markFurther(word: string, known: number, flags: Uint8Array): boolean {
		const text = this.#text;
		const ends = this.#ends;
		const places = this.#places;
		/** Where it occurs next, from some place on. */
		let next = -1;
		let isAny = false;
		for (let at = 0; at < ends.length; at++) {
			let place = places[at]!;
			if (place === NOWHERE) continue;
			if (!goesOnAt(text, place, { word, known })) {
				if (next <= place) next = indexFrom(text, place + 1, word);
				place = next < ends[at]! ? next : NOWHERE;
				places[at] = place;
				if (place === NOWHERE) continue;
			}
			flags[at] = 1;
			isAny = true;
		}
		return isAny;
	}
}

/** Whether the rest of the word stands there. Texts end with line breaks, and no word has any: it ends in the same text. */
function goesOnAt(
	text: string,
	place: number,
	{ word, known }: { word: string; known: number }
): boolean {
	for (let at = known; at < word.length; at++)
		if (text.charCodeAt(place + at) !== word.charCodeAt(at)) return false;
	return true;
}

function indexFrom(text: string, from: number, word: string): number {
	const found = text.indexOf(word, from);
	return found < 0 ? NOWHERE : found;
}
