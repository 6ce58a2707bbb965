/**
 * In which block a row lies, by each text that it is looked up by: sorted numbers, a few records for all
 * rows. An index of the database would be written row by row.
 *
 * @module
 */

/** Which text of which rows. */
export type KeyKind =
	| `licenses.${'id' | 'number' | 'frozen'}`
	| `activations.${'id' | 'request' | 'parts' | 'licenseId'}`;

/** Rising numbers of texts, and beside each the block that has a row with that text. */
export type Keys = { hashes: Float64Array; blocks: Uint32Array };

/** A page's keys of a kind, or a part of all of them: a desk that has just started reads one part. */
export type KeysPlace = KeyKind | `${KeyKind}/${number}`;

export type KeysRow = Keys & { id: number; kind: KeysPlace };

/** Into so many parts all keys of a kind are divided. */
export const KEY_PARTS = 16;
const PART_SIZE = 2 ** 53 / KEY_PARTS;

/** Where the keys of these texts may lie. */
export function placesOf(kind: KeyKind, texts: readonly string[]): KeysPlace[] {
	const parts = new Set(texts.map((text) => Math.floor(hashOf(text) / PART_SIZE)));
	return [kind, ...[...parts].map((part): KeysPlace => `${kind}/${part}`)];
}

export function allPlaces(kind: KeyKind): KeysPlace[] {
	return [kind, ...Array.from({ length: KEY_PARTS }, (_, part): KeysPlace => `${kind}/${part}`)];
}

/** Divides rising keys: each part is to lie at the place of its number. */
export function divideKeys({ hashes, blocks }: Keys): Keys[] {
	let from = 0;
	return Array.from({ length: KEY_PARTS }, (_, part) => {
		const begin = from;
		while (from < hashes.length && hashes[from]! < (part + 1) * PART_SIZE) from++;
		return { hashes: hashes.slice(begin, from), blocks: blocks.slice(begin, from) };
	});
}

/** A text and the block that has it. */
export type KeyEntry = { text: string; block: number };

/** Several may share a number: whoever finds a block looks at its rows. Never below zero, below 2^53. */
function hashOf(text: string): number {
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

export function makeKeys(entries: readonly KeyEntry[]): Keys {
	const sorted = entries
		.map(({ text, block }) => ({ hash: hashOf(text), block }))
		.sort((one, other) => one.hash - other.hash || one.block - other.block)
		.filter(
			({ hash, block }, at, all) => hash !== all[at - 1]?.hash || block !== all[at - 1]?.block
		);
	return {
		hashes: Float64Array.from(sorted, ({ hash }) => hash),
		blocks: Uint32Array.from(sorted, ({ block }) => block)
	};
}

export function mergeKeys(one: Keys, other: Keys): Keys {
	const most = one.hashes.length + other.hashes.length;
	const hashes = new Float64Array(most);
	const blocks = new Uint32Array(most);
	let size = 0;
	for (let a = 0, b = 0; a < one.hashes.length || b < other.hashes.length;) {
		const isOne =
			b === other.hashes.length || (a < one.hashes.length && comesFirst(one, a, other, b));
		const from = isOne ? one : other;
		const at = isOne ? a++ : b++;
		const hash = from.hashes[at]!;
		const block = from.blocks[at]!;
		if (size > 0 && hashes[size - 1] === hash && blocks[size - 1] === block) continue;
		hashes[size] = hash;
		blocks[size++] = block;
	}
	return { hashes: hashes.slice(0, size), blocks: blocks.slice(0, size) };
}

function comesFirst(one: Keys, a: number, other: Keys, b: number): boolean {
	const difference = one.hashes[a]! - other.hashes[b]!;
	return difference < 0 || (difference === 0 && one.blocks[a]! <= other.blocks[b]!);
}

/** Keys without those of blocks that are gone. */
export function keepKeys({ hashes, blocks }: Keys, isThere: (block: number) => boolean): Keys {
	const kept = [...blocks.keys()].filter((at) => isThere(blocks[at]!));
	return {
		hashes: Float64Array.from(kept, (at) => hashes[at]!),
		blocks: Uint32Array.from(kept, (at) => blocks[at]!)
	};
}

/** Adds the blocks that may have a row with the text. */
export function collectBlocks({ hashes, blocks }: Keys, text: string, into: Set<number>): void {
	const hash = hashOf(text);
	let low = 0;
	let high = hashes.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (hashes[middle]! < hash) low = middle + 1;
		else high = middle;
	}
	for (; hashes[low] === hash; low++) into.add(blocks[low]!);
}
