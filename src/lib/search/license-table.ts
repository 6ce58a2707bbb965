/**
 * Many licenses in memory: searched with every key stroke, sorted by any column. [O9, P10]
 *
 * Made for 100,000 rows that come in pages and change one by one. Each row's text is folded once,
 * and what a longer text finds is looked for only in what the shorter one found.
 *
 * @module
 */
import { foldLicenseNumber } from '#lib/domain/license-number.ts';
import type { Seconds } from '#lib/domain/license.ts';
import { Haystack, type FoundBy, type Slots } from './haystack.ts';
import { licenseFiltering, type LicenseFilter } from './license-filter.ts';
import { byUrgency, licenseOrdering, type LicenseSortOrder } from './license-order.ts';
import { Marks, type FilterCounts } from './marks.ts';
import { nameOf, RowOrder, type Sorting } from './row-order.ts';
import { summaryOf, totalsOf, type LicenseSummary, type Totals } from './license-summary.ts';
import type { LicenseQuery } from './license-query.ts';
import { MachineIndex, type MachineSummary } from './machine-index.ts';
import { Narrowing } from './narrowing.ts';
import { Recent } from './recent.ts';
import { foldText, SharedTexts, wordsOf } from './search-text.ts';

/** Fewer symbols than these say nothing of a license number. */
const LEAST_SYMBOLS = 3;
/** So many are looked at by turns: a list, and what is found over it. */
const LISTS = 3;

export class LicenseTable {
	readonly #rows: LicenseSummary[] = [];
	readonly #slots = new Map<string, number>();
	readonly #texts = new SharedTexts();
	/** Held once as well, and never searched. */
	readonly #ids = new SharedTexts();
	readonly #machines = new MachineIndex(this.#texts);
	/** Everything that a row is found by, folded. */
	readonly #haystack = new Haystack(this.#texts, (slot) => this.#foundBy(slot));
	/** By license: see `putWritten`. */
	#written: ReadonlyMap<string, string> = new Map();
	readonly #marks = new Marks(licenseFiltering);
	readonly #order = new RowOrder(this.#rows, licenseOrdering(this.#texts));
	/** By order: what was found in it. */
	readonly #narrowings = new Recent<Narrowing>(LISTS);
	#foundIn: Sorting<LicenseSortOrder> = byUrgency;
	/** By order and filter: a text that finds the same answers with the same rows, and nothing is drawn for it. */
	readonly #shown = new Recent<{ slots: Slots; rows: readonly LicenseSummary[] }>(LISTS);

	get size(): number {
		return this.#rows.length;
	}

	get(id: string): LicenseSummary | undefined {
		return this.#rows[this.#slots.get(id) ?? -1];
	}

	/** Some rows stand otherwise than before, by time alone. Whoever fills the table says the time first. */
	passTo(now: Seconds): void {
		if (!this.#marks.refresh(this.#rows, now)) return;
		this.#order.passTo(now);
		this.#narrowings.clear();
	}

	/** Adds rows, and replaces those that are there. */
	put(rows: readonly LicenseSummary[]): void {
		for (const row of rows) {
			const slot = this.#slots.get(row.id) ?? this.#rows.length;
			this.#slots.set(row.id, slot);
			this.#place(row, slot);
			this.#order.put(slot);
		}
		this.#forget();
	}

	/** Machines by which licenses are found; of those without a license nothing is seen. */
	putMachines(rows: readonly MachineSummary[]): void {
		for (const row of rows) {
			this.#machines.put(row);
			const slot = this.#slots.get(row.licenseId);
			if (slot !== undefined) this.#haystack.touch(slot);
		}
		this.#narrowings.clear();
	}

	/**
	 * What this desk has written and the mirror does not say yet, by license: its note, names and sites of its
	 * machines. [CH1]
	 */
	putWritten(texts: ReadonlyMap<string, string>): void {
		for (const id of new Set([...this.#written.keys(), ...texts.keys()])) {
			const slot = this.#slots.get(id);
			if (slot !== undefined) this.#haystack.touch(slot);
		}
		this.#written = texts;
		this.#narrowings.clear();
	}

	/** Takes out the rows that are not to be kept. */
	keep(isKept: (row: LicenseSummary) => boolean): void {
		const before = this.#rows.splice(0);
		const kept: number[] = [];
		for (const [slot, row] of before.entries()) {
			if (isKept(row)) {
				this.#slots.set(row.id, this.#rows.length);
				this.#rows.push(row);
				kept.push(slot);
			} else {
				this.#slots.delete(row.id);
				this.#machines.drop(row.id);
			}
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
	 * Rows that pass the filter and in which every word of the text occurs: number, customer, product,
	 * edition, note, purchase ID, machine. A number counts as people type it: O for 0, I or L for 1, dashes or none.
	 *
	 * @returns The very same rows for as long as the answer is the same.
	 */
	find({ text, filter, sorting }: LicenseQuery, now: Seconds): readonly LicenseSummary[] {
		this.passTo(now);
		const found = this.#search(text, sorting);
		const slots = filter === undefined ? found : this.#marks.passing(filter, found);
		const name = `${nameOf(sorting)} ${filter}`;
		const shown = this.#shown.get(name);
		if (shown && isSame(shown.slots, slots)) return shown.rows;
		const rows = new Array<LicenseSummary>(slots.length);
		for (let at = 0; at < slots.length; at++) rows[at] = this.#rows[slots[at]!]!;
		this.#shown.set(name, { slots, rows });
		return rows;
	}

	/** Ids of the most urgent rows, the worst first. */
	firstIds(most: number, now: Seconds): string[] {
		this.passTo(now);
		return Array.from(this.#order.of(byUrgency).subarray(0, most), (slot) => this.#rows[slot]!.id);
	}

	/** How many rows with every word of the text pass each filter. */
	counts(text: string, now: Seconds): FilterCounts<LicenseFilter> {
		this.passTo(now);
		if (wordsOf(text).length === 0) return this.#marks.countAll(this.#rows.length);
		// Any order counts the same: that of the list is at hand.
		return this.#marks.count(this.#search(text, this.#foundIn));
	}

	/**
	 * Machines of a license by which the text finds it: each has all words that the license itself does
	 * not have, or some of them where no machine has all.
	 *
	 * @returns Each `act`; nothing where the license has every word itself.
	 */
	machines(licenseId: string, text: string): string[] {
		const slot = this.#slots.get(licenseId);
		if (slot === undefined) return [];
		const { customer, title, edition, number, note, purchase } = this.#rows[slot]!;
		const texts = [customer, title, edition, number, note?.value, purchase];
		const itself = foldText(texts.join(' '));
		const words = wordsOf(text).filter((word) => !itself.includes(word));
		return words.length === 0 ? [] : this.#machines.find(licenseId, words);
	}

	/** What all of them come to. */
	totals(now: Seconds): Totals {
		return totalsOf(this.#rows, now);
	}

	/** Slots of the rows that have every word of the text, in the order that is asked for. */
	#search(text: string, sorting: Sorting<LicenseSortOrder>): Slots {
		const all = this.#order.of(sorting);
		const words = wordsOf(text);
		if (words.length === 0) return all;
		this.#foundIn = sorting;
		const name = nameOf(sorting);
		const narrowing = this.#narrowings.get(name) ?? new Narrowing(this.#haystack);
		this.#narrowings.set(name, narrowing);
		const slots = narrowing.find(foldText(text).trim(), words, all);
		const symbols = foldLicenseNumber(text).toLowerCase();
		if (slots.length > 0 || symbols.length < LEAST_SYMBOLS) return slots;
		// No text begins with a line break once it is trimmed.
		return narrowing.find(`\n${symbols}`, [symbols], all);
	}

	#forget(): void {
		this.#narrowings.clear();
		this.#shown.clear();
	}

	/** Only what is shown; texts that many rows share are held once. */
	#place(row: LicenseSummary, slot: number): void {
		const customer = this.#texts.share(row.customer);
		const title = this.#texts.share(row.title);
		const edition = this.#texts.share(row.edition);
		const placed = summaryOf(row);
		placed.customerId = this.#ids.share(row.customerId).text;
		placed.customer = customer.text;
		placed.title = title.text;
		placed.edition = edition.text;
		this.#rows[slot] = placed;
		this.#marks.put(placed, slot);
		this.#haystack.put(slot, [customer, title, edition]);
	}

	/** What a license is found by besides its customer, product and edition; its machines included. */
	#foundBy(slot: number): FoundBy {
		const { id, number, note, purchase } = this.#rows[slot]!;
		const said = [number, note?.value, purchase, this.#written.get(id)];
		const own = foldText(said.filter((text) => text !== undefined).join(' ')).replaceAll('\n', ' ');
		return {
			own: `${own} ${this.#machines.lineOf(id)}`,
			shared: this.#machines.sharedOf(id)
		};
	}
}

function isSame(one: Slots, other: Slots): boolean {
	if (one === other) return true;
	if (one.length !== other.length) return false;
	for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
	return true;
}
