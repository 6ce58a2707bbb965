/**
 * In which block a row lies, by each text that it is looked up by: sorted numbers, a few records for all
 * rows. An index of the database would be written row by row.
 *
 * @module
 */
import type { KeyKind, Keys, KeysPlace } from '#lib/desk/store/mirror-rows.ts';

/** Into so many parts all keys of a kind are divided. */
export const KEY_PARTS = 16;
export const PART_SIZE = 2 ** 53 / KEY_PARTS;

/** Where the keys of these texts may lie. */
export function placesOf(kind: KeyKind, texts: readonly string[]): KeysPlace[] {
	const parts = new Set(texts.map((text) => Math.floor(textNumber(text) / PART_SIZE)));
	return [kind, ...[...parts].map((part): KeysPlace => `${kind}/${part}`)];
}

/** Several may share a number: whoever finds a block looks at its rows. Never below zero, below 2^53. */
export function textNumber(text: string): number {
	let high = 0xdeadbeef;
	let low = 0x41c6ce57;
	for (let at = 0; at < text.length; at++) {
		const code = text.charCodeAt(at);
		high = Math.imul(high ^ code, 2654435761);
		low = Math.imul(low ^ code, 1597334677);
	}
	high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
	low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
	return 4294967296 * (2097151 & low) + (high >>> 0);
}

/** The blocks that may have a row with the text. */
export function blocksWith(pieces: Iterable<Keys>, text: string): Set<number> {
	const hash = textNumber(text);
	const found = new Set<number>();
	for (const { hashes, blocks } of pieces) {
		let low = 0;
		let high = hashes.length;
		while (low < high) {
			const middle = (low + high) >>> 1;
			if (hashes[middle]! < hash) low = middle + 1;
			else high = middle;
		}
		for (; hashes[low] === hash; low++) found.add(blocks[low]!);
	}
	return found;
}
