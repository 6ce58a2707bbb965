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
	/** What was looked for last, and one place of it in each text. */
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
		const text = this.#text;
		const ends = this.#ends;
		const places = this.#places;
		const goesOn = this.#word !== '' && word.startsWith(this.#word);
		this.#word = word;
		let isAny = false;
		/** Where it occurs next, from some text on. */
		let next = -1;
		/** Texts are much alike: it may be as far from the beginning as in the one before. */
		let offset = 0;
		for (let at = 0, start = 0; at < ends.length; start = ends[at++]!) {
			const end = ends[at]!;
			const before = places[at]!;
			let place = next;
			if (next < start && !(goesOn && before === NOWHERE)) {
				if (goesOn && standsAt(text, before, word)) place = before;
				else if (start + offset < end && standsAt(text, start + offset, word))
					place = start + offset;
				else place = next = indexFrom(text, start, word);
			}
			if (place < start || place >= end) {
				places[at] = NOWHERE;
				continue;
			}
			places[at] = place;
			offset = place - start;
			flags[at] = 1;
			isAny = true;
		}
		return isAny;
	}
}

/** Texts end with line breaks, and no word has any: what begins in a text ends in it. */
function standsAt(text: string, place: number, word: string): boolean {
	for (let at = 0; at < word.length; at++)
		if (text.charCodeAt(place + at) !== word.charCodeAt(at)) return false;
	return true;
}

function indexFrom(text: string, from: number, word: string): number {
	const found = text.indexOf(word, from);
	return found < 0 ? NOWHERE : found;
}
