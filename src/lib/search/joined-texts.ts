/**
 * Many short texts end to end in one, which the platform searches many times faster than each of
 * them. [P10]
 *
 * @module
 */
export class JoinedTexts {
	readonly #text: string;
	/** Where each text ends, its line break included. */
	readonly #ends: Uint32Array;

	/** No word that is looked for has a line break: none is found across two texts. */
	constructor(texts: readonly string[]) {
		let end = 0;
		this.#ends = Uint32Array.from(texts, (text) => (end += text.length + 1));
		this.#text = texts.join('\n');
	}

	has(word: string, at: number): boolean {
		return this.#text.slice(at === 0 ? 0 : this.#ends[at - 1]!, this.#ends[at]).includes(word);
	}

	/**
	 * Sets the flag of each text in which the word occurs.
	 *
	 * @returns Whether it occurs in any.
	 */
	mark(word: string, flags: Uint8Array): boolean {
		const text = this.#text;
		const ends = this.#ends;
		let at = 0;
		for (let found = text.indexOf(word); found >= 0; found = text.indexOf(word, ends[at])) {
			while (ends[at]! <= found) at++;
			flags[at] = 1;
		}
		return at < ends.length && flags[at] === 1;
	}
}
