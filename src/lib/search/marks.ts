/**
 * Which filters each of many rows passes, kept ready: a filter is one look at each row, and all
 * counts are one more. [DK2, P11]
 *
 * @module
 */
import type { Seconds } from '#lib/domain/time.ts';
import type { Slots } from './haystack.ts';
import { withRoom } from './growing.ts';

/** Rows by filter, `all` of them included. */
export type FilterCounts<F extends string> = Record<F | 'all', number>;

/** How rows of one kind are filtered. */
export type Filtering<R, F extends string> = {
	/** Sixteen at most. */
	filters: readonly F[];
	/** All filters that a row passes in one number, the first filter in its lowest bit. */
	marksOf: (row: R, now: Seconds) => number;
	/** Until when its marks stay what they are, at least. */
	holdUntil: (row: R, now: Seconds) => Seconds;
};

export class Marks<R, F extends string> {
	readonly #filtering: Filtering<R, F>;
	/** By slot. */
	#marks = new Uint16Array(0);
	/** Written anew by every look: what is thrown away by each key stroke is collected during another. */
	#passed = new Uint32Array(0);
	/** The marks are those of any time from one to before the other. */
	#since: Seconds = 0;
	#until: Seconds = 0;

	constructor(filtering: Filtering<R, F>) {
		this.#filtering = filtering;
	}

	/**
	 * Marks rows anew where time has changed them.
	 *
	 * @returns Whether it had.
	 */
	refresh(rows: readonly R[], now: Seconds): boolean {
		if (now >= this.#since && now < this.#until) return false;
		this.#since = now;
		this.#until = Infinity;
		for (let slot = 0; slot < rows.length; slot++) this.#mark(rows[slot]!, slot);
		return true;
	}

	/** A row that is new, or has changed. */
	put(row: R, slot: number): void {
		this.#mark(row, slot);
	}

	/** Rows have been numbered anew. */
	forget(): void {
		this.#until = 0;
	}

	/** Those of the slots that pass, in their order. */
	passing(filter: F, slots: Slots): Uint32Array {
		const bit = 1 << this.#filtering.filters.indexOf(filter);
		if (this.#passed.length < slots.length) this.#passed = new Uint32Array(slots.length);
		const found = this.#passed;
		let count = 0;
		for (let at = 0; at < slots.length; at++) {
			const slot = slots[at]!;
			if ((this.#marks[slot]! & bit) !== 0) found[count++] = slot;
		}
		return found.slice(0, count);
	}

	count(slots: Slots): FilterCounts<F> {
		const byMarks = this.#combinations();
		for (let at = 0; at < slots.length; at++) byMarks[this.#marks[slots[at]!]!]!++;
		return this.#summed(byMarks, slots.length);
	}

	/** @param size - How many rows there are. */
	countAll(size: number): FilterCounts<F> {
		const byMarks = this.#combinations();
		for (let slot = 0; slot < size; slot++) byMarks[this.#marks[slot]!]!++;
		return this.#summed(byMarks, size);
	}

	#mark(row: R, slot: number): void {
		this.#marks = withRoom(this.#marks, slot + 1);
		this.#marks[slot] = this.#filtering.marksOf(row, this.#since);
		this.#until = Math.min(this.#until, this.#filtering.holdUntil(row, this.#since));
	}

	#combinations(): Uint32Array {
		return new Uint32Array(1 << this.#filtering.filters.length);
	}

	/** Rows were counted by all of their marks at once: few of the combinations occur. */
	#summed(byMarks: Uint32Array, all: number): FilterCounts<F> {
		const { filters } = this.#filtering;
		const sums = new Uint32Array(filters.length);
		for (let marks = 0; marks < byMarks.length; marks++) {
			if (byMarks[marks] === 0) continue;
			for (let at = 0; at < sums.length; at++)
				if ((marks & (1 << at)) !== 0) sums[at]! += byMarks[marks]!;
		}
		// Sound: each filter and `all` has been counted.
		return Object.fromEntries([
			['all', all],
			...filters.map((filter, at) => [filter, sums[at]!])
		]) as FilterCounts<F>;
	}
}
