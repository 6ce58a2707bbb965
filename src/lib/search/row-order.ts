/**
 * Rows of a list in the order of any column. [P10, DK2, P11]
 *
 * What a column orders by is a number for each row, kept and changed with the row: another order of
 * 100,000 rows is the sorting of numbers that are there.
 *
 * @module
 */
import type { Seconds } from '#lib/domain/time.ts';
import { withRoom } from './growing.ts';
import type { SharedTexts } from './search-text.ts';
import { sortSlots } from './sort-slots.ts';
import { sortByTexts } from './sort-texts.ts';

/** A column and its direction. */
export type Sorting<S extends string> = { by: S; descending: boolean };

/** The same column again turns it round. */
export function sortBy<S extends string>(before: Sorting<S>, by: S): Sorting<S> {
	return { by, descending: before.by === by && !before.descending };
}

/** Later than any date in a token: what never ends. */
export const NEVER = 2 ** 41;

/** How rows of one kind are put in order. */
export type Ordering<R, S extends string> = {
	/** What every list begins with. */
	first: Sorting<S>;
	/** Columns that change by time alone. */
	timely: readonly S[];
	/** The column that is the order of rows that are equal in every other, if it is one. */
	tie?: S;
	/** Two whole numbers that put in order rows that are equal otherwise. */
	tieOf: (row: R) => readonly [number, number];
	/** A whole number from 0 to `NEVER`, in the order of the column; of a text, its place. */
	valueOf: (row: R, by: S, now: Seconds) => number;
	/** Numbers within texts that rows share count as numbers: 10 comes after 9. */
	isNumeric?: boolean;
	/** The texts of a column that orders by texts which many rows share. */
	textsOf: (by: S) => SharedTexts | undefined;
	/** Of a column that orders by texts of which nearly each row has one of its own. */
	ownTextsOf?: (by: S) => OwnTexts<R> | undefined;
};

/** Texts that rows do not share. */
export type OwnTexts<R> = {
	of: (row: R) => string;
	/** As people read them: numbers within them count as numbers, accents as letters, while they are few. */
	isRead: boolean;
};

export class RowOrder<R, S extends string> {
	readonly #rows: readonly R[];
	readonly #ordering: Ordering<R, S>;
	/** By column, by slot; of those that were asked for. */
	readonly #columns = new Map<S, Float64Array>();
	readonly #orders = new Map<string, Uint32Array>();
	/** What equal rows are put in order by, by slot. */
	#heads = new Float64Array(0);
	#tails = new Float64Array(0);
	#byTie: Uint32Array | undefined;
	#now: Seconds = 0;
	#prepared = 0;

	constructor(rows: readonly R[], ordering: Ordering<R, S>) {
		this.#rows = rows;
		this.#ordering = ordering;
	}

	/** A row that is new, or has changed. */
	put(slot: number): void {
		const row = this.#rows[slot]!;
		this.#heads = withRoom(this.#heads, slot + 1);
		this.#tails = withRoom(this.#tails, slot + 1);
		const [head, tail] = this.#ordering.tieOf(row);
		if (this.#heads[slot] !== head || this.#tails[slot] !== tail) this.#byTie = undefined;
		this.#heads[slot] = head;
		this.#tails[slot] = tail;
		for (const [by, values] of this.#columns) {
			const roomy = withRoom(values, slot + 1);
			roomy[slot] = this.#ordering.valueOf(row, by, this.#now);
			if (roomy !== values) this.#columns.set(by, roomy);
		}
		this.#orders.clear();
	}

	/** Rows stand otherwise than before, by time alone. */
	passTo(now: Seconds): void {
		this.#now = now;
		const { timely, first } = this.#ordering;
		for (const by of timely) {
			this.#columns.delete(by);
			for (const descending of [true, false]) this.#orders.delete(nameOf({ by, descending }));
		}
		// Every list begins with this order: it grows with the rows, so that it need not be made at once.
		if (this.#rows.length === 0) this.#columns.set(first.by, new Float64Array(0));
	}

	/** Rows have been numbered anew. */
	renumber(): void {
		this.#columns.clear();
		this.#orders.clear();
		this.#byTie = undefined;
		for (let slot = 0; slot < this.#rows.length; slot++)
			[this.#heads[slot], this.#tails[slot]] = this.#ordering.tieOf(this.#rows[slot]!) as [
				number,
				number
			];
	}

	/**
	 * Sorts while rows become more, each time they are twice as many: a browser makes quick what it has
	 * done some times, and the whole is sorted while somebody waits.
	 */
	prepare(): void {
		if (this.#rows.length < 2 * this.#prepared) return;
		this.#prepared = this.#rows.length;
		this.of(this.#ordering.first);
	}

	/** All slots; ascending, what never ends comes last; equal ones stay in their order either way. */
	of(sorting: Sorting<S>): Uint32Array {
		const name = nameOf(sorting);
		const known = this.#orders.get(name);
		if (known) return known;
		const byTie = this.#tied();
		const own = this.#ordering.ownTextsOf?.(sorting.by);
		const order = own
			? this.#byOwnTexts(own, sorting.descending)
			: sorting.by !== this.#ordering.tie
				? sortSlots(byTie, this.#valuesOf(sorting.by), sorting.descending)
				: sorting.descending
					? byTie.toReversed()
					: byTie;
		this.#orders.set(name, order);
		return order;
	}

	#byOwnTexts({ of, isRead }: OwnTexts<R>, descending: boolean): Uint32Array {
		const byTie = this.#tied();
		const textOf = (slot: number) => of(this.#rows[slot]!);
		if (!isRead || byTie.length > MANY)
			return sortByTexts(byTie, textOf, { descending, isNumeric: isRead });
		const { compare } = new Intl.Collator(undefined, { numeric: true });
		const way = descending ? -1 : 1;
		return byTie.toSorted((one, other) => way * compare(textOf(one), textOf(other)));
	}

	#tied(): Uint32Array {
		const count = this.#rows.length;
		if (this.#byTie?.length !== count) {
			const slots = new Uint32Array(count);
			for (let slot = 0; slot < count; slot++) slots[slot] = slot;
			this.#byTie = sortSlots(sortSlots(slots, this.#tails), this.#heads);
		}
		return this.#byTie;
	}

	#valuesOf(by: S): Float64Array {
		let values = this.#columns.get(by);
		if (!values) {
			values = new Float64Array(this.#rows.length);
			for (let slot = 0; slot < values.length; slot++)
				values[slot] = this.#ordering.valueOf(this.#rows[slot]!, by, this.#now);
			this.#columns.set(by, values);
		}
		const texts = this.#ordering.textsOf(by);
		return texts ? this.#rank(values, texts) : values;
	}

	/** Where rows share few texts, only those are compared, as people read them. */
	#rank(places: Float64Array, { all }: SharedTexts): Float64Array {
		const isUsed = new Uint8Array(all.length);
		for (let slot = 0; slot < this.#rows.length; slot++) isUsed[places[slot]!] = 1;
		const used = all.filter(({ place }) => isUsed[place] === 1);
		const isFolded = used.length > MANY;
		const { compare } = new Intl.Collator(undefined, {
			numeric: this.#ordering.isNumeric ?? false
		});
		used.sort((one, other) =>
			isFolded ? compareFolded(one.folded, other.folded) : compare(one.text, other.text)
		);
		const ranks = new Uint32Array(all.length);
		let rank = 0;
		for (const [at, { text, folded, place }] of used.entries()) {
			const before = used[at - 1];
			if (before && (isFolded ? before.folded !== folded : compare(before.text, text) !== 0))
				rank++;
			ranks[place] = rank;
		}
		return places.map((place) => ranks[place]!);
	}
}

/** More texts than these are compared letter by letter, folded: comparing them by a language takes seconds. */
const MANY = 20_000;

function compareFolded(one: string, other: string): number {
	return one < other ? -1 : one > other ? 1 : 0;
}

/** What an order is remembered by. */
export function nameOf<S extends string>({ by, descending }: Sorting<S>): string {
	return `${descending ? '-' : ''}${by}`;
}
