/**
 * Few entries with names, such as screens and actions, found by words: in any order, whatever the case and
 * accents. [DK6]
 *
 * @module
 */
import { foldText } from './search-text.ts';

export type NamedEntry = {
	id: string;
	/** What it is called on the screen. */
	name: string;
	/** What else people call it. */
	also?: string;
};

/** How well a word fits: the lower, the better. */
const FITS = { beginsName: 0, beginsWord: 1, insideName: 2, beginsAlso: 3, insideAlso: 4 };

/**
 * The entries in which every word of the text occurs, those first whose names fit best, then what was used
 * last, else in the order in which they come. Without a text: all of them, what was used last first.
 *
 * @param used - Ids, what was used last first.
 */
export function rankEntries<E extends NamedEntry>(
	entries: readonly E[],
	text: string,
	used: readonly string[]
): E[] {
	const words = foldText(text).split(/\s+/).filter(Boolean);
	return entries
		.flatMap((entry) => {
			const fit = fitOf(entry, words);
			return fit === undefined ? [] : [{ entry, fit, recency: recencyOf(entry.id, used) }];
		})
		.sort((a, b) => a.fit - b.fit || a.recency - b.recency)
		.map(({ entry }) => entry);
}

function recencyOf(id: string, used: readonly string[]): number {
	const at = used.indexOf(id);
	return at < 0 ? used.length : at;
}

function fitOf({ name, also = '' }: NamedEntry, words: readonly string[]): number | undefined {
	const [folded, others] = [foldText(name), foldText(also)];
	let sum = 0;
	for (const word of words) {
		if (folded.startsWith(word)) sum += FITS.beginsName;
		else if (begins(folded, word)) sum += FITS.beginsWord;
		else if (folded.includes(word)) sum += FITS.insideName;
		else if (begins(others, word)) sum += FITS.beginsAlso;
		else if (others.includes(word)) sum += FITS.insideAlso;
		else return undefined;
	}
	return sum;
}

function begins(text: string, word: string): boolean {
	return text.split(/[^\p{L}\p{N}]+/u).some((each) => each.startsWith(word));
}
