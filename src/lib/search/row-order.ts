/**
 * Licenses in the order of any column. [P10, DK2]
 *
 * What a column orders by is a number for each row, kept and changed with the row: another order of
 * 100,000 rows is the sorting of numbers that are there.
 *
 * @module
 */
import type { Seconds } from '#lib/domain/license.ts';
import { freeSeats } from '#lib/domain/seat.ts';
import { attentionOf, nextEnd } from '#lib/domain/standing.ts';
import { withRoom } from './growing.ts';
import type { LicenseSummary } from './license-summary.ts';
import type { SharedTexts } from './search-text.ts';
import { sortSlots } from './sort-slots.ts';
import { urgencyOf } from './urgency.ts';

export const sortOrders = [
	'urgency',
	'number',
	'product',
	'edition',
	'customer',
	'seats',
	'free',
	'next',
	'maintenance',
	'expiry',
	'state'
] as const;
export type SortOrder = (typeof sortOrders)[number];

/** A column and its direction. */
export type Sorting = { by: SortOrder; descending: boolean };

/** The same column again turns it round. */
export function sortBy(before: Sorting, by: SortOrder): Sorting {
	return { by, descending: before.by === by && !before.descending };
}

/** Later than any date in a token. */
const NEVER = 2 ** 41;
const attentions = [undefined, 'lapsed', 'overLimit', 'expired', 'suspended', 'moved'] as const;

/** What changes by time alone. */
const timely: ReadonlySet<SortOrder> = new Set(['urgency', 'next', 'state']);
/** Texts that many rows share: their number is that of the text, which is put in order when it is asked for. */
const textual: ReadonlySet<SortOrder> = new Set(['product', 'edition', 'customer']);

export class RowOrder {
	readonly #rows: readonly LicenseSummary[];
	readonly #texts: SharedTexts;
	/** By column, by slot; of those that were asked for. */
	readonly #columns = new Map<SortOrder, Float64Array>();
	readonly #orders = new Map<string, Uint32Array>();
	/** The first and the second half of a number's symbols, by slot. */
	#heads = new Float64Array(0);
	#tails = new Float64Array(0);
	#byNumber: Uint32Array | undefined;
	#now: Seconds = 0;
	#prepared = 0;

	/** @param texts - Those that rows share. */
	constructor(rows: readonly LicenseSummary[], texts: SharedTexts) {
		this.#rows = rows;
		this.#texts = texts;
	}

	/** A row that is new, or has changed. */
	put(slot: number): void {
		const row = this.#rows[slot]!;
		this.#heads = withRoom(this.#heads, slot + 1);
		this.#tails = withRoom(this.#tails, slot + 1);
		const [head, tail] = halvesOf(row.number);
		if (this.#heads[slot] !== head || this.#tails[slot] !== tail) this.#byNumber = undefined;
		this.#heads[slot] = head;
		this.#tails[slot] = tail;
		for (const [by, values] of this.#columns) {
			const roomy = withRoom(values, slot + 1);
			roomy[slot] = this.#valueOf(row, by);
			if (roomy !== values) this.#columns.set(by, roomy);
		}
		this.#orders.clear();
	}

	/** Rows stand otherwise than before, by time alone. */
	passTo(now: Seconds): void {
		this.#now = now;
		for (const by of timely) {
			this.#columns.delete(by);
			for (const descending of [true, false]) this.#orders.delete(nameOf({ by, descending }));
		}
		// Every list begins with this order: it grows with the rows, so that it need not be made at once.
		if (this.#rows.length === 0) this.#columns.set('urgency', new Float64Array(0));
	}

	/** Rows have been numbered anew. */
	renumber(): void {
		this.#columns.clear();
		this.#orders.clear();
		this.#byNumber = undefined;
		for (let slot = 0; slot < this.#rows.length; slot++)
			[this.#heads[slot], this.#tails[slot]] = halvesOf(this.#rows[slot]!.number);
	}

	/**
	 * Sorts while rows become more, each time they are twice as many: a browser makes quick what it has
	 * done some times, and the whole is sorted while somebody waits.
	 */
	prepare(): void {
		if (this.#rows.length < 2 * this.#prepared) return;
		this.#prepared = this.#rows.length;
		this.of({ by: 'urgency', descending: false });
	}

	/** All slots; ascending, what never ends comes last; equal ones stay by number either way. */
	of(sorting: Sorting): Uint32Array {
		const name = nameOf(sorting);
		const known = this.#orders.get(name);
		if (known) return known;
		const byNumber = this.#numbered();
		const order =
			sorting.by !== 'number'
				? sortSlots(byNumber, this.#valuesOf(sorting.by), sorting.descending)
				: sorting.descending
					? byNumber.toReversed()
					: byNumber;
		this.#orders.set(name, order);
		return order;
	}

	#numbered(): Uint32Array {
		const count = this.#rows.length;
		if (this.#byNumber?.length !== count) {
			const slots = new Uint32Array(count);
			for (let slot = 0; slot < count; slot++) slots[slot] = slot;
			this.#byNumber = sortSlots(sortSlots(slots, this.#tails), this.#heads);
		}
		return this.#byNumber;
	}

	#valuesOf(by: SortOrder): Float64Array {
		let values = this.#columns.get(by);
		if (!values) {
			values = new Float64Array(this.#rows.length);
			for (let slot = 0; slot < values.length; slot++)
				values[slot] = this.#valueOf(this.#rows[slot]!, by);
			this.#columns.set(by, values);
		}
		return textual.has(by) ? this.#rank(values) : values;
	}

	/** Many rows share few texts: only those are compared, as people read them. */
	#rank(places: Float64Array): Float64Array {
		const { all } = this.#texts;
		const isUsed = new Uint8Array(all.length);
		for (let slot = 0; slot < this.#rows.length; slot++) isUsed[places[slot]!] = 1;
		const { compare } = new Intl.Collator();
		const used = all.filter(({ place }) => isUsed[place] === 1);
		used.sort((one, other) => compare(one.text, other.text));
		const ranks = new Uint32Array(all.length);
		let rank = 0;
		for (const [at, { text, place }] of used.entries()) {
			if (at > 0 && compare(used[at - 1]!.text, text) !== 0) rank++;
			ranks[place] = rank;
		}
		return places.map((place) => ranks[place]!);
	}

	/** A whole number from 0 to `NEVER`, in the order of the column. */
	#valueOf(row: LicenseSummary, by: SortOrder): number {
		switch (by) {
			case 'urgency':
				return urgencyOf(row, this.#now);
			case 'number':
				return 0;
			case 'product':
				return this.#texts.share(row.title).place;
			case 'edition':
				return this.#texts.share(row.edition).place;
			case 'customer':
				return this.#texts.share(row.customer).place;
			case 'seats':
				return row.seats;
			case 'free':
				return freeSeats(row.seats, row.counts);
			case 'next':
				return nextEnd(row, this.#now) ?? NEVER;
			case 'maintenance':
				return row.maintainedUntil ?? NEVER;
			case 'expiry':
				return row.expiresAt ?? NEVER;
			case 'state':
				return (
					(row.counts.active > 0 ? 0 : attentions.length) +
					attentions.indexOf(attentionOf(row, this.#now))
				);
		}
	}
}

/** What an order is remembered by. */
export function nameOf({ by, descending }: Sorting): string {
	return `${descending ? '-' : ''}${by}`;
}

const SYMBOLS = 6;

/** Symbols of a license number as two numbers, which order numbers as their text does. */
function halvesOf(number: string): [number, number] {
	const halves: [number, number] = [0, 0];
	let count = 0;
	for (let at = 2; at < number.length && count < 2 * SYMBOLS; at++) {
		const code = number.charCodeAt(at);
		// A dash.
		if (code < 48) continue;
		const half = count++ < SYMBOLS ? 0 : 1;
		halves[half] = halves[half] * 36 + (code < 58 ? code - 48 : code - 55);
	}
	return halves;
}
