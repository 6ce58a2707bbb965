/**
 * Texts as they are searched: folded, each that many rows share held once.
 *
 * @module
 */

/** Lower case, without accents. */
export function foldText(text: string): string {
	return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

export class SharedTexts {
	readonly #texts = new Map<string, { text: string; folded: string }>();

	/** The one copy of a text, and the same folded. */
	share(text: string): { text: string; folded: string } {
		let shared = this.#texts.get(text);
		if (!shared) this.#texts.set(text, (shared = { text, folded: foldText(text) }));
		return shared;
	}
}
