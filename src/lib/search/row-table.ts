/**
 * Many rows in memory: searched with every key stroke, filtered, counted, sorted by any column. [P10, P11]
 *
 * Made for hundreds of thousands of rows that come in pages and change one by one. Each row's text is
 * folded once, and what a longer text finds is looked for only in what the shorter one found.
 *
 * @module
 */
import type { Seconds } from '#lib/domain/time.ts';
import { Haystack, type FoundBy, type Slots } from './haystack.ts';
import type { ListQuery } from './list-query.ts';
import { Marks, type FilterCounts, type Filtering } from './marks.ts';
import { Narrowing } from './narrowing.ts';
import { Recent } from './recent.ts';
import { nameOf, RowOrder, type Ordering, type Sorting } from './row-order.ts';
import { foldText, SharedTexts, wordsOf, type SharedText } from './search-text.ts';

/** So many are looked at by turns: a list, and what is found over it. */
const LISTS = 3;

export type RowKind<R, F extends string, S extends string> = {
	filtering: Filtering<R, F>;
	/** What is listed without another wish: all rows, where it is absent. */
	usual?: F;
	ordering: Ordering<R, S>;
	/** Three texts that many rows share. */
	sharedOf: (row: R) => readonly [string, string, string];
	/** Further texts that rows share. */
	saidOf: (row: R) => Iterable<SharedText>;
	/** What it is found by besides, folded and without line breaks. */
	ownTextOf: (row: R) => string;
	/** What is looked for where a text is found nowhere, if it may mean something else. */
	otherwise?: (text: string) => string | undefined;
};

export class RowTable<R extends { id: string }, F extends string, S extends string> {
	readonly #kind: RowKind<R, F, S>;
	readonly #rows: R[] = [];
	readonly #slots = new Map<string, number>();
	readonly #texts = new SharedTexts();
	readonly #haystack: Haystack;
	readonly #marks: Marks<R, F>;
	readonly #order: RowOrder<R, S>;
	/** By order: what was found in it. */
	readonly #narrowings = new Recent<Narrowing>(LISTS);
	#foundIn: Sorting<S>;
	/** By order and filter: a text that finds the same answers with the same rows, and nothing is drawn for it. */
	readonly #shown = new Recent<{ slots: Slots; rows: readonly R[] }>(LISTS);

	/** @param kindOf - Of the texts that rows share and are found by. */
	constructor(kindOf: (texts: SharedTexts) => RowKind<R, F, S>) {
		const kind = kindOf(this.#texts);
		const { ordering } = kind;
		this.#kind = kind;
		this.#haystack = new Haystack(this.#texts, (slot) => this.#foundBy(slot));
		this.#marks = new Marks(kind.filtering);
		this.#order = new RowOrder(this.#rows, ordering);
		this.#foundIn = ordering.first;
	}

	get size(): number {
		return this.#rows.length;
	}

	get(id: string): R | undefined {
		return this.#rows[this.#slots.get(id) ?? -1];
	}

	/** Some rows stand otherwise than before, by time alone. Whoever fills the table says the time first. */
	passTo(now: Seconds): void {
		if (!this.#marks.refresh(this.#rows, now)) return;
		this.#order.passTo(now);
		this.#narrowings.clear();
	}

	/** Adds rows, and replaces those that are there. */
	put(rows: readonly R[]): void {
		for (const row of rows) {
			const slot = this.#slots.get(row.id) ?? this.#rows.length;
			this.#slots.set(row.id, slot);
			this.#rows[slot] = row;
			this.#marks.put(row, slot);
			this.#haystack.put(
				slot,
				this.#kind.sharedOf(row).map((text) => this.#texts.share(text))
			);
			// Texts that many rows share are known before anything is searched.
			this.#kind.saidOf(row);
			this.#order.put(slot);
		}
		this.#forget();
	}

	/** Rows are found by something else than before, as they are. */
	touch(ids: Iterable<string>): void {
		for (const id of ids) {
			const slot = this.#slots.get(id);
			if (slot !== undefined) this.#haystack.touch(slot);
		}
		this.#narrowings.clear();
	}

	/** Rows of which this holds, as they are. */
	those(isMeant: (row: R) => boolean): R[] {
		return this.#rows.filter(isMeant);
	}

	/** Takes out the rows that are not to be kept. */
	keep(isKept: (row: R) => boolean): void {
		const before = this.#rows.splice(0);
		const kept: number[] = [];
		for (const [slot, row] of before.entries()) {
			if (!isKept(row)) {
				this.#slots.delete(row.id);
				continue;
			}
			this.#slots.set(row.id, this.#rows.length);
			this.#rows.push(row);
			kept.push(slot);
		}
		this.#haystack.keep(kept);
		this.#marks.forget();
		this.#order.renumber();
		this.#forget();
	}

	/**
	 * Does some milliseconds' part of what the next search would have to do first.
	 *
	 * @returns Whether there was something to do.
	 */
	prepare(): boolean {
		this.#order.prepare();
		return this.#haystack.prepare();
	}

	/**
	 * Rows that pass the filter and in which every word of the text occurs.
	 *
	 * @returns The very same rows for as long as the answer is the same.
	 */
	find({ text, filter, sorting }: ListQuery<F, S>, now: Seconds): readonly R[] {
		this.passTo(now);
		const found = this.#search(text, sorting);
		const passed = filter ?? this.#kind.usual;
		const slots = passed === undefined ? found : this.#marks.passing(passed, found);
		const name = `${nameOf(sorting)} ${filter}`;
		const shown = this.#shown.get(name);
		if (shown && isSame(shown.slots, slots)) return shown.rows;
		const rows = new Array<R>(slots.length);
		for (let at = 0; at < slots.length; at++) rows[at] = this.#rows[slots[at]!]!;
		this.#shown.set(name, { slots, rows });
		return rows;
	}

	/** How many rows with every word of the text pass each filter; `all` are those that are listed without one. */
	counts(text: string, now: Seconds): FilterCounts<F> {
		this.passTo(now);
		const counts =
			wordsOf(text).length === 0
				? this.#marks.countAll(this.#rows.length)
				: // Any order counts the same: that of the list is at hand.
					this.#marks.count(this.#search(text, this.#foundIn));
		return { ...counts, all: counts[this.#kind.usual ?? 'all'] };
	}

	/** Slots of the rows that have every word of the text, in the order that is asked for. */
	#search(text: string, sorting: Sorting<S>): Slots {
		const all = this.#order.of(sorting);
		const words = wordsOf(text);
		if (words.length === 0) return all;
		this.#foundIn = sorting;
		const name = nameOf(sorting);
		const narrowing = this.#narrowings.get(name) ?? new Narrowing(this.#haystack);
		this.#narrowings.set(name, narrowing);
		const found = narrowing.find(foldText(text).trim(), words, all);
		const other = found.length > 0 ? undefined : this.#kind.otherwise?.(text);
		// No text begins with a line break once it is trimmed.
		return other === undefined ? found : narrowing.find(`\n${other}`, [other], all);
	}

	#foundBy(slot: number): FoundBy {
		const row = this.#rows[slot]!;
		return { own: this.#kind.ownTextOf(row), shared: this.#kind.saidOf(row) };
	}

	#forget(): void {
		this.#narrowings.clear();
		this.#shown.clear();
	}
}

function isSame(one: Slots, other: Slots): boolean {
	if (one === other) return true;
	if (one.length !== other.length) return false;
	for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
	return true;
}
