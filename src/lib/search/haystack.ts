/**
 * The texts of many rows, searched for a word with every key stroke. [P10]
 *
 * What rows share (customer, product) is looked through once for all of them; what each has for
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

export class Haystack {
	readonly #texts: SharedTexts;
	readonly #ownOf: (slot: number) => string;
	#size = 0;
	/** Places of the texts that each row shares, `WIDTH` by slot. */
	#shared = new Uint32Array(0);
	/** All shared texts, made anew when there are more. */
	#joinedShared = { size: 0, texts: new JoinedTexts([]) };
	/** Own texts of so many rows each; absent where one has changed. */
	#joined: (JoinedTexts | undefined)[] = [];
	/** Written anew by every search: what is thrown away by each key stroke is collected during another. */
	#slots = new Uint32Array(0);
	#flags = new Uint8Array(0);

	/**
	 * @param texts - All that rows share.
	 * @param ownOf - The own text of a row, folded.
	 */
	constructor(texts: SharedTexts, ownOf: (slot: number) => string) {
		this.#texts = texts;
		this.#ownOf = ownOf;
	}

	/** @param shared - As many for every row. */
	put(slot: number, shared: readonly SharedText[]): void {
		this.#size = Math.max(this.#size, slot + 1);
		this.#shared = withRoom(this.#shared, this.#size * WIDTH);
		for (const [at, { place }] of shared.entries()) this.#shared[slot * WIDTH + at] = place;
		this.touch(slot);
	}

	/** The own text of a row has changed. */
	touch(slot: number): void {
		this.#joined[Math.floor(slot / ROWS)] = undefined;
	}

	/** Keeps these slots, which are numbered anew in this order. */
	keep(slots: readonly number[]): void {
		this.#size = slots.length;
		for (const [at, slot] of slots.entries())
			this.#shared.copyWithin(at * WIDTH, slot * WIDTH, (slot + 1) * WIDTH);
		this.#joined = [];
	}

	/**
	 * Makes one text that the next search would have to make first.
	 *
	 * @returns Whether one was missing.
	 */
	prepare(): boolean {
		for (let at = 0; at * ROWS < this.#size; at++) {
			if (this.#joined[at]) continue;
			this.#join(at);
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
		if (slots.length <= FEW)
			return slots.filter((slot) => this.#isIn(inShared, slot) || this.#ownHas(word, slot));
		if (this.#slots.length < slots.length) this.#slots = new Uint32Array(slots.length);
		const found = this.#slots;
		let inOwn: Uint8Array | undefined;
		let count = 0;
		for (let at = 0; at < slots.length; at++) {
			const slot = slots[at]!;
			if (this.#isIn(inShared, slot) || (inOwn ??= this.#searchOwn(word))[slot] === 1)
				found[count++] = slot;
		}
		return found.slice(0, count);
	}

	#isIn(flags: Uint8Array, slot: number): boolean {
		for (let at = slot * WIDTH; at < (slot + 1) * WIDTH; at++)
			if (flags[this.#shared[at]!] === 1) return true;
		return false;
	}

	#ownHas(word: string, slot: number): boolean {
		return this.#join(Math.floor(slot / ROWS)).has(word, slot % ROWS);
	}

	/** By place: 1 where the shared text has the word. */
	#searchShared(word: string): Uint8Array {
		const { size } = this.#texts;
		if (this.#joinedShared.size !== size) {
			const texts = new JoinedTexts(this.#texts.all.map(({ folded }) => folded));
			this.#joinedShared = { size, texts };
		}
		const flags = new Uint8Array(size);
		this.#joinedShared.texts.mark(word, flags);
		return flags;
	}

	/** By slot: 1 where the own text has the word. */
	#searchOwn(word: string): Uint8Array {
		const count = Math.ceil(this.#size / ROWS);
		if (this.#flags.length < count * ROWS) this.#flags = new Uint8Array(count * ROWS);
		const found = this.#flags;
		for (let at = 0; at < count; at++)
			this.#join(at).mark(word, found.subarray(at * ROWS, (at + 1) * ROWS));
		return found;
	}

	#join(at: number): JoinedTexts {
		const known = this.#joined[at];
		if (known) return known;
		const end = Math.min((at + 1) * ROWS, this.#size);
		const own: string[] = [];
		for (let slot = at * ROWS; slot < end; slot++) own.push(this.#ownOf(slot));
		return (this.#joined[at] = new JoinedTexts(own));
	}
}
