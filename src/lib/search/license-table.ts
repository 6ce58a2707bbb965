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
import type { ActivationRow } from '#lib/protocol/rows.ts';
import { Haystack, type Slots } from './haystack.ts';
import { LicenseMarks, type FilterCounts } from './license-marks.ts';
import { isTimely, orderOf, sortOrders, type Sorting } from './license-order.ts';
import { summaryOf, totalsOf, type LicenseSummary, type Totals } from './license-summary.ts';
import { byUrgency, type ListQuery } from './list-query.ts';
import { Narrowing } from './narrowing.ts';
import { foldText, SharedTexts } from './search-text.ts';

/** Fewer symbols than these say nothing of a license number. */
const LEAST_SYMBOLS = 3;

export class LicenseTable {
	#rows: LicenseSummary[] = [];
	/** Everything that a row is found by, folded. */
	readonly #haystack = new Haystack();
	#slots = new Map<string, number>();
	/** Slots in the order of license numbers, and those that have no place in it yet. */
	#byNumber: number[] = [];
	#unplaced: number[] = [];
	/** By license, by `act`: what its machines are called. */
	readonly #machines = new Map<string, Map<string, string>>();
	readonly #texts = new SharedTexts();
	#orders = new Map<string, Uint32Array>();
	/** What was found in the order that was asked for last. */
	readonly #narrowing = new Narrowing(this.#haystack);
	#foundIn: Sorting = byUrgency;
	/** A text that finds the same answers with the same rows: nothing is drawn for it. */
	#shown: { slots: Slots; rows: readonly LicenseSummary[] } | undefined;
	readonly #marks = new LicenseMarks();

	get size(): number {
		return this.#rows.length;
	}

	get(id: string): LicenseSummary | undefined {
		return this.#rows[this.#slots.get(id) ?? -1];
	}

	/** Adds rows, and replaces those that are there. */
	put(rows: readonly LicenseSummary[]): void {
		for (const row of rows) {
			const known = this.#slots.get(row.id);
			const slot = known ?? this.#rows.length;
			if (known === undefined) this.#unplaced.push(slot);
			this.#slots.set(row.id, slot);
			this.#rows[slot] = this.#summarize(row);
			this.#marks.put(this.#rows[slot], slot);
			this.#fold(slot);
		}
		this.#forget();
	}

	/** Machines by which licenses are found; of those without a license nothing is seen. */
	putMachines(rows: readonly Pick<ActivationRow, 'id' | 'licenseId' | 'label' | 'name'>[]): void {
		const changed = new Set<number>();
		for (const { id, licenseId, label, name } of rows) {
			let machines = this.#machines.get(licenseId);
			if (!machines) this.#machines.set(licenseId, (machines = new Map<string, string>()));
			machines.set(id, foldText(label === undefined ? name : `${label} ${name}`));
			const slot = this.#slots.get(licenseId);
			if (slot !== undefined) changed.add(slot);
		}
		for (const slot of changed) this.#fold(slot);
		this.#forget();
	}

	/** Takes out the rows that are not to be kept. */
	keep(isKept: (row: LicenseSummary) => boolean): void {
		const moved = new Map<number, number>();
		const rows: LicenseSummary[] = [];
		for (const [slot, row] of this.#rows.entries()) {
			if (!isKept(row)) {
				this.#slots.delete(row.id);
				this.#machines.delete(row.id);
				continue;
			}
			moved.set(slot, rows.length);
			this.#slots.set(row.id, rows.length);
			rows.push(row);
		}
		this.#rows = rows;
		this.#marks.forget();
		this.#haystack.keep([...moved.keys()]);
		this.#byNumber = this.#byNumber.flatMap((slot) => moved.get(slot) ?? []);
		this.#unplaced = this.#unplaced.flatMap((slot) => moved.get(slot) ?? []);
		this.#forget();
	}

	/**
	 * Rows that pass the filter and in which every word of the text occurs: number, customer, product,
	 * edition, machine. A number counts as people type it: O for 0, I or L for 1, dashes or none.
	 *
	 * @returns The very same rows for as long as the answer is the same.
	 */
	find({ text, filter, sorting }: ListQuery, now: Seconds): readonly LicenseSummary[] {
		this.#refresh(now);
		const found = this.#search(text, sorting, now);
		const slots = filter === undefined ? found : this.#marks.passing(filter, found);
		if (this.#shown && isSame(this.#shown.slots, slots)) return this.#shown.rows;
		const rows = new Array<LicenseSummary>(slots.length);
		for (let at = 0; at < slots.length; at++) rows[at] = this.#rows[slots[at]!]!;
		this.#shown = { slots, rows };
		return rows;
	}

	/** How many rows with every word of the text pass each filter. */
	counts(text: string, now: Seconds): FilterCounts {
		this.#refresh(now);
		this.#place();
		// Any order counts the same: that of the list is at hand.
		const isAll = wordsOf(text).length === 0;
		return this.#marks.count(isAll ? this.#byNumber : this.#search(text, this.#foundIn, now));
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
		const itself = this.#textsOf(this.#rows[slot]!).join(' ');
		const words = wordsOf(text).filter((word) => !itself.includes(word));
		if (words.length === 0) return [];
		const machines = [...(this.#machines.get(licenseId) ?? [])];
		const having = (each: (is: (word: string) => boolean) => boolean) =>
			machines.flatMap(([act, said]) => (each((word) => said.includes(word)) ? [act] : []));
		const all = having((has) => words.every(has));
		return all.length > 0 ? all : having((has) => words.some(has));
	}

	/** What all of them come to. */
	totals(now: Seconds): Totals {
		return totalsOf(this.#rows, now);
	}

	/** Slots of the rows that have every word of the text, in the order that is asked for. */
	#search(text: string, sorting: Sorting, now: Seconds): Slots {
		const all = this.#order(sorting, now);
		const words = wordsOf(text);
		if (words.length === 0) return all;
		const { by, descending } = this.#foundIn;
		if (by !== sorting.by || descending !== sorting.descending) this.#narrowing.forget();
		this.#foundIn = sorting;
		const slots = this.#narrowing.find(foldText(text).trim(), words, all);
		const symbols = foldLicenseNumber(text).toLowerCase();
		if (slots.length > 0 || symbols.length < LEAST_SYMBOLS) return slots;
		// No text begins with a line break once it is trimmed.
		return this.#narrowing.find(`\n${symbols}`, [symbols], all);
	}

	#order(sorting: Sorting, now: Seconds): Uint32Array {
		const name = `${sorting.by} ${sorting.descending}`;
		const known = this.#orders.get(name);
		if (known) return known;
		this.#place();
		const order = orderOf(this.#rows, this.#byNumber, sorting, now);
		this.#orders.set(name, order);
		return order;
	}

	/** Some rows stand otherwise than before, by time alone. */
	#refresh(now: Seconds): void {
		if (!this.#marks.refresh(this.#rows, now)) return;
		for (const by of sortOrders)
			if (isTimely(by)) for (const way of [true, false]) this.#orders.delete(`${by} ${way}`);
		if (isTimely(this.#foundIn.by)) this.#narrowing.forget();
	}

	#forget(): void {
		this.#orders.clear();
		this.#narrowing.forget();
		this.#shown = undefined;
	}

	/** Rows come in pages by the hundred: they are put in order once somebody asks for it. */
	#place(): void {
		const added = this.#unplaced;
		if (added.length === 0) return;
		const numberOf = (slot: number) => this.#rows[slot]!.number;
		added.sort((a, b) => (numberOf(a) < numberOf(b) ? -1 : 1));
		const merged: number[] = [];
		let next = 0;
		for (const slot of this.#byNumber) {
			while (next < added.length && numberOf(added[next]!) < numberOf(slot))
				merged.push(added[next++]!);
			merged.push(slot);
		}
		while (next < added.length) merged.push(added[next++]!);
		this.#byNumber = merged;
		this.#unplaced = [];
	}

	/** Only what is shown; texts that many rows share are held once. */
	#summarize(row: LicenseSummary): LicenseSummary {
		return {
			...summaryOf(row),
			customerId: this.#texts.share(row.customerId).text,
			customer: this.#texts.share(row.customer).text,
			title: this.#texts.share(row.title).text,
			edition: this.#texts.share(row.edition).text
		};
	}

	#fold(slot: number): void {
		const row = this.#rows[slot]!;
		const [shared, ...own] = this.#textsOf(row);
		this.#haystack.put(
			slot,
			shared!,
			[...own, ...(this.#machines.get(row.id)?.values() ?? [])].join(' ')
		);
	}

	/** What a license is found by without its machines, folded; first what rows share. */
	#textsOf({ number, customer, title, edition }: LicenseSummary): string[] {
		const shared = [customer, title, edition].map((text) => this.#texts.share(text).folded);
		const bare = number.toLowerCase();
		return [shared.join(' '), bare, bare.replaceAll('-', '')];
	}
}

function wordsOf(text: string): string[] {
	return foldText(text)
		.split(/\s+/)
		.filter((word) => word !== '');
}

function isSame(one: Slots, other: Slots): boolean {
	if (one === other) return true;
	if (one.length !== other.length) return false;
	for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
	return true;
}
