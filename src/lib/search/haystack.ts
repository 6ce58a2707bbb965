/**
 * The texts of many rows, searched for a word with every key stroke. [P10]
 *
 * What rows share (customer, product, people) is looked through once for all of them; what each has for
 * itself lies end to end in long texts of many rows, made when somebody searches and made anew only
 * where a row has changed.
 *
 * @module
 */
import { withRoom } from './growing.ts';
import { JoinedTexts } from './joined-texts.ts';
import type { SharedText, SharedTexts } from './search-text.ts';

export type Slots = readonly number[] | Uint32Array;

/** So few rows are looked through one by one. */
const FEW = 4_000;
/** Customer, product, edition. */
const WIDTH = 3;
/** Rows in one text. */
const ROWS = 1024;

/** What a row is found by besides what is given to `put`: folded, without line breaks. */
export type FoundBy = { own: string; shared: Iterable<SharedText> };

/** So many rows that lie beside each other. */
type Block = {
	texts: JoinedTexts;
	/** Where the places of each row end in `places`. */
	ends: Uint32Array;
	/** Of what its rows share with others, besides what is given to `put`. */
	places: Uint32Array;
	/** Which of its rows share a text, by the place of that. */
	sharing: ReadonlyMap<number, Uint16Array>;
};

export class Haystack {
	readonly #texts: SharedTexts;
	readonly #foundBy: (slot: number) => FoundBy;
	#size = 0;
	/** Places of the texts that each row shares, `WIDTH` by slot. */
	#shared = new Uint32Array(0);
	/** All shared texts, made anew when there are more. */
	#joinedShared = { size: 0, texts: new JoinedTexts([]) };
	/** Absent where a row of it has changed. */
	#blocks: (Block | undefined)[] = [];
	/** Written anew by every search: what is thrown away by each key stroke is collected during another. */
	#slots = new Uint32Array(0);
	#flags = new Uint8Array(0);

	/**
	 * @param texts - All that rows share.
	 * @param foundBy - What may change of a row without `put`: `touch` says that it has.
	 */
	constructor(texts: SharedTexts, foundBy: (slot: number) => FoundBy) {
		this.#texts = texts;
		this.#foundBy = foundBy;
	}

	/** @param shared - As many for every row. */
	put(slot: number, shared: readonly SharedText[]): void {
		this.#size = Math.max(this.#size, slot + 1);
		this.#shared = withRoom(this.#shared, this.#size * WIDTH);
		for (const [at, { place }] of shared.entries()) this.#shared[slot * WIDTH + at] = place;
		this.touch(slot);
	}

	/** A row is found by something else than before. */
	touch(slot: number): void {
		this.#blocks[Math.floor(slot / ROWS)] = undefined;
	}

	/** Keeps these slots, which are numbered anew in this order. */
	keep(slots: readonly number[]): void {
		this.#size = slots.length;
		for (const [at, slot] of slots.entries())
			this.#shared.copyWithin(at * WIDTH, slot * WIDTH, (slot + 1) * WIDTH);
		this.#blocks = [];
	}

	/**
	 * Makes one text that the next search would have to make first.
	 *
	 * @returns Whether one was missing.
	 */
	prepare(): boolean {
		for (let at = 0; at * ROWS < this.#size; at++) {
			if (this.#blocks[at]) continue;
			this.#block(at);
			return true;
		}
		return false;
	}

	/**
	 * Those of the slots in whose texts the word occurs, in their order; the very same where it
	 * occurs in all of them.
	 *
	 * @param word - Without white space.
	 */
	having(word: string, slots: Slots): Slots {
		const found = this.#those(word, slots);
		return found.length === slots.length ? slots : found;
	}

	#those(word: string, slots: Slots): Slots {
		const inShared = this.#searchShared(word);
		if (slots.length <= FEW) return slots.filter((slot) => this.#has(word, slot, inShared));
		const flags = this.#searchAll(word, inShared);
		if (this.#slots.length < slots.length) this.#slots = new Uint32Array(slots.length);
		const found = this.#slots;
		let count = 0;
		for (let at = 0; at < slots.length; at++) {
			const slot = slots[at]!;
			if (flags[slot] === 1) found[count++] = slot;
		}
		return found.slice(0, count);
	}

	#has(word: string, slot: number, inShared: Uint8Array | undefined): boolean {
		const block = this.#block(Math.floor(slot / ROWS));
		const at = slot % ROWS;
		return (
			(inShared !== undefined && (this.#shares(slot, inShared) || sharesAt(block, at, inShared))) ||
			block.texts.has(word, at)
		);
	}

	#shares(slot: number, inShared: Uint8Array): boolean {
		for (let at = slot * WIDTH; at < (slot + 1) * WIDTH; at++)
			if (inShared[this.#shared[at]!] === 1) return true;
		return false;
	}

	/** By place: 1 where the shared text has the word; nothing where none has. */
	#searchShared(word: string): Uint8Array | undefined {
		const { size } = this.#texts;
		if (this.#joinedShared.size !== size) {
			const texts = new JoinedTexts(this.#texts.all.map(({ folded }) => folded));
			this.#joinedShared = { size, texts };
		}
		const flags = new Uint8Array(size);
		return this.#joinedShared.texts.mark(word, flags) ? flags : undefined;
	}

	/** By slot: 1 where the row has the word. Slots are looked at as they lie, which is quickest. */
	#searchAll(word: string, inShared: Uint8Array | undefined): Uint8Array {
		const count = Math.ceil(this.#size / ROWS);
		if (this.#flags.length < count * ROWS) this.#flags = new Uint8Array(count * ROWS);
		const flags = this.#flags;
		for (let n = 0; n < count; n++) {
			const block = this.#block(n);
			const first = n * ROWS;
			const rows = Math.min(ROWS, this.#size - first);
			flags.fill(0, first, first + rows);
			// What all of them share is not looked for in each.
			if (inShared && this.#flagSharing(block, { first, rows, inShared }) === rows) continue;
			block.texts.mark(word, flags.subarray(first, first + ROWS));
		}
		return flags;
	}

	/** @returns How many rows of the block share a text that has the word. */
	#flagSharing(
		{ sharing }: Block,
		{ first, rows, inShared }: { first: number; rows: number; inShared: Uint8Array }
	): number {
		let count = 0;
		for (const [place, sharers] of sharing) {
			if (inShared[place] !== 1) continue;
			if (count === rows) break;
			for (const row of sharers) {
				count += 1 - this.#flags[first + row]!;
				this.#flags[first + row] = 1;
			}
		}
		return count;
	}

	#block(n: number): Block {
		const known = this.#blocks[n];
		if (known) return known;
		const own: string[] = [];
		const ends: number[] = [];
		const places: number[] = [];
		const sharing = new Map<number, number[]>();
		const first = n * ROWS;
		const note = (place: number, slot: number) => {
			const rows = sharing.get(place);
			if (rows) rows.push(slot - first);
			else sharing.set(place, [slot - first]);
		};
		for (let slot = first; slot < Math.min(first + ROWS, this.#size); slot++) {
			const by = this.#foundBy(slot);
			own.push(by.own);
			for (let at = slot * WIDTH; at < (slot + 1) * WIDTH; at++) note(this.#shared[at]!, slot);
			for (const { place } of by.shared) {
				places.push(place);
				note(place, slot);
			}
			ends.push(places.length);
		}
		const block = {
			texts: new JoinedTexts(own),
			ends: Uint32Array.from(ends),
			places: Uint32Array.from(places),
			sharing: new Map([...sharing].map(([place, rows]) => [place, Uint16Array.from(rows)]))
		};
		return (this.#blocks[n] = block);
	}
}

function sharesAt({ ends, places }: Block, at: number, inShared: Uint8Array): boolean {
	for (let next = at === 0 ? 0 : ends[at - 1]!; next < ends[at]!; next++)
		if (inShared[places[next]!] === 1) return true;
	return false;
}
