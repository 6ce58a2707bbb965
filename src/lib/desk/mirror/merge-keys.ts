/**
 * Making the keys of blocks: of a page, and of many pages into few records.
 *
 * @module
 */
import type { KeyKind, Keys, KeysPlace } from '#lib/desk/store/mirror-rows.ts';
import { textNumber, KEY_PARTS, PART_SIZE } from './block-keys.ts';

/** A text and the block that has it. */
export type KeyEntry = { text: string; block: number };

export function makeKeys(entries: readonly KeyEntry[]): Keys {
	const hashes = Float64Array.from(entries, ({ text }) => textNumber(text));
	const blocks = Uint32Array.from(entries, ({ block }) => block);
	// Places are sorted in place of objects: it takes half as long.
	const order = Uint32Array.from(entries.keys())
		.sort((one, other) => hashes[one]! - hashes[other]! || blocks[one]! - blocks[other]!)
		.filter(
			(place, at, all) =>
				at === 0 || hashes[place] !== hashes[all[at - 1]!] || blocks[place] !== blocks[all[at - 1]!]
		);
	return {
		hashes: Float64Array.from(order, (place) => hashes[place]!),
		blocks: Uint32Array.from(order, (place) => blocks[place]!)
	};
}

/** All of them as one; those of about the same size are merged first. */
export function mergeKeys(parts: readonly Keys[]): Keys {
	const [one, other] = parts;
	if (!one || !other) return one ?? makeKeys([]);
	if (parts.length === 2) return mergeTwo(one, other);
	const half = parts.length >> 1;
	return mergeTwo(mergeKeys(parts.slice(0, half)), mergeKeys(parts.slice(half)));
}

function mergeTwo(one: Keys, other: Keys): Keys {
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

/** Divides rising keys: each part is to lie at the place of its number. */
export function divideKeys({ hashes, blocks }: Keys): Keys[] {
	let from = 0;
	return Array.from({ length: KEY_PARTS }, (_, part) => {
		const begin = from;
		while (from < hashes.length && hashes[from]! < (part + 1) * PART_SIZE) from++;
		return { hashes: hashes.slice(begin, from), blocks: blocks.slice(begin, from) };
	});
}

export function allPlaces(kind: KeyKind): KeysPlace[] {
	return [kind, ...Array.from({ length: KEY_PARTS }, (_, part): KeysPlace => `${kind}/${part}`)];
}
