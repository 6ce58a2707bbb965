/**
 * Texts as they are searched: folded, each that many rows share held once.
 *
 * @module
 */

/** Lower case, without accents and dashes: a number or a label is found however it is typed. */
export function foldText(text: string): string {
	// Most texts have nothing to fold but their case.
	if (/^[\x00-\x7F]*$/.test(text)) return text.replaceAll('-', '').toLowerCase();
	return text
		.normalize('NFKD')
		.replace(/[\p{M}\p{Pd}]/gu, '')
		.toLowerCase();
}

/** The words of a text that somebody typed, each of which is to be found. */
export function wordsOf(text: string): string[] {
	return foldText(text)
		.split(/\s+/)
		.filter((word) => word !== '');
}

export type SharedText = {
	text: string;
	/** The same, folded. */
	folded: string;
	/** Counted from 0. */
	place: number;
};

export class SharedTexts {
	readonly #known = new Map<string, SharedText>();
	readonly #byPlace: SharedText[] = [];

	get size(): number {
		return this.#byPlace.length;
	}

	/** By place. */
	get all(): readonly SharedText[] {
		return this.#byPlace;
	}

	/** The one copy of a text. */
	share(text: string): SharedText {
		let shared = this.#known.get(text);
		if (!shared) {
			shared = { text, folded: foldText(text), place: this.#byPlace.length };
			this.#byPlace.push(shared);
			this.#known.set(text, shared);
		}
		return shared;
	}
}
