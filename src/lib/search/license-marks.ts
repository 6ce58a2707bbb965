/**
 * Which filters each of many licenses passes, kept ready: a filter is one look at each row, and all
 * counts are one more. [DK2]
 *
 * @module
 */
import type { Seconds } from '#lib/domain/license.ts';
import type { LicenseStanding } from '#lib/domain/standing.ts';
import type { Slots } from './haystack.ts';
import { withRoom } from './growing.ts';
import { licenseFilters, marksHoldUntil, marksOf, type LicenseFilter } from './license-filter.ts';

/** Licenses by filter, `all` of them included. */
export type FilterCounts = Record<LicenseFilter | 'all', number>;

const COMBINATIONS = 1 << licenseFilters.length;

export class LicenseMarks {
	/** By slot. */
	#marks = new Uint16Array(0);
	/** The marks are those of any time from one to before the other. */
	#since: Seconds = 0;
	#until: Seconds = 0;

	/**
	 * Marks rows anew where time has changed them.
	 *
	 * @returns Whether it had.
	 */
	refresh(rows: readonly LicenseStanding[], now: Seconds): boolean {
		if (now >= this.#since && now < this.#until) return false;
		this.#since = now;
		this.#until = Infinity;
		for (let slot = 0; slot < rows.length; slot++) this.#mark(rows[slot]!, slot);
		return true;
	}

	/** A row that is new, or has changed. */
	put(row: LicenseStanding, slot: number): void {
		this.#mark(row, slot);
	}

	/** Rows have been numbered anew. */
	forget(): void {
		this.#until = 0;
	}

	/** Those of the slots that pass, in their order. */
	passing(filter: LicenseFilter, slots: Slots): Uint32Array {
		const bit = 1 << licenseFilters.indexOf(filter);
		const found = new Uint32Array(slots.length);
		let count = 0;
		for (let at = 0; at < slots.length; at++) {
			const slot = slots[at]!;
			if ((this.#marks[slot]! & bit) !== 0) found[count++] = slot;
		}
		return found.slice(0, count);
	}

	count(slots: Slots): FilterCounts {
		const byMarks = new Uint32Array(COMBINATIONS);
		for (let at = 0; at < slots.length; at++) byMarks[this.#marks[slots[at]!]!]!++;
		return summed(byMarks, slots.length);
	}

	/** @param size - How many rows there are. */
	countAll(size: number): FilterCounts {
		const byMarks = new Uint32Array(COMBINATIONS);
		for (let slot = 0; slot < size; slot++) byMarks[this.#marks[slot]!]!++;
		return summed(byMarks, size);
	}

	#mark(row: LicenseStanding, slot: number): void {
		this.#marks = withRoom(this.#marks, slot + 1);
		this.#marks[slot] = marksOf(row, this.#since);
		this.#until = Math.min(this.#until, marksHoldUntil(row, this.#since));
	}
}

/** Rows were counted by all of their marks at once: each combination is looked at once. */
function summed(byMarks: Uint32Array, all: number): FilterCounts {
	const counts: Partial<FilterCounts> = { all };
	for (const [at, filter] of licenseFilters.entries())
		counts[filter] = byMarks.reduce(
			(sum, count, marks) => ((marks & (1 << at)) === 0 ? sum : sum + count),
			0
		);
	return counts as FilterCounts;
}
