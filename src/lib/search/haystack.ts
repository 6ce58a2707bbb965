/**
 * The texts of many rows, searched for a word with every key stroke. [P10]
 *
 * What rows share (customer, product) is looked through once for all of them; what each has for
 * itself lies end to end in one text, which the platform searches many times faster than a hundred
 * thousand short ones.
 *
 * @module
 */
export type Slots = readonly number[] | Uint32Array;

/** So few rows are looked through one by one. */
const FEW = 4_000;

export class Haystack {
	/** Each text that rows share, and its place. */
	readonly #shared: string[] = [];
	readonly #places = new Map<string, number>();
	/** By slot. */
	#placeOf: number[] = [];
	#own: string[] = [];
	/** All own texts, and where the one of each slot ends; made when somebody searches. */
	#joined: { text: string; ends: Uint32Array } | undefined;
	/** Written anew by every search: what is thrown away by each key stroke is collected during another. */
	#slots = new Uint32Array(0);
	#flags = new Uint8Array(0);

	/** @param shared - The same text in many rows. */
	put(slot: number, shared: string, own: string): void {
		let place = this.#places.get(shared);
		if (place === undefined) {
			place = this.#shared.push(shared) - 1;
			this.#places.set(shared, place);
		}
		this.#placeOf[slot] = place;
		this.#own[slot] = own;
		this.#joined = undefined;
	}

	/** Keeps these slots, which are numbered anew in this order. */
	keep(slots: readonly number[]): void {
		this.#placeOf = slots.map((slot) => this.#placeOf[slot]!);
		this.#own = slots.map((slot) => this.#own[slot]!);
		this.#joined = undefined;
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
		if (slots.length <= FEW) return slots.filter((slot) => this.#has(word, slot));
		const inShared = Uint8Array.from(this.#shared, (text) => Number(text.includes(word)));
		if (!inShared.includes(0)) return slots;
		let inOwn: Uint8Array | undefined;
		if (this.#slots.length < slots.length) this.#slots = new Uint32Array(slots.length);
		const found = this.#slots;
		let count = 0;
		for (let at = 0; at < slots.length; at++) {
			const slot = slots[at]!;
			if (inShared[this.#placeOf[slot]!] === 1 || (inOwn ??= this.#searchOwn(word))[slot] === 1)
				found[count++] = slot;
		}
		return found.slice(0, count);
	}

	#has(word: string, slot: number): boolean {
		return this.#shared[this.#placeOf[slot]!]!.includes(word) || this.#own[slot]!.includes(word);
	}

	/** By slot: 1 where the own text has the word. */
	#searchOwn(word: string): Uint8Array {
		const { text, ends } = (this.#joined ??= this.#join());
		if (this.#flags.length < ends.length) this.#flags = new Uint8Array(ends.length);
		const found = this.#flags.fill(0);
		let slot = 0;
		let at = text.indexOf(word);
		while (at >= 0) {
			while (ends[slot]! <= at) slot++;
			found[slot] = 1;
			at = text.indexOf(word, ends[slot]);
		}
		return found;
	}

	#join(): { text: string; ends: Uint32Array } {
		let end = 0;
		const ends = Uint32Array.from(this.#own, (own) => (end += own.length + 1));
		return { text: this.#own.join('\n'), ends };
	}
}
