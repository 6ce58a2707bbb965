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
import { orderOf, type Sorting } from './license-order.ts';
import { summaryOf, totalsOf, type LicenseSummary, type Totals } from './license-summary.ts';
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
	#foundIn = '';
	/** A longer text that finds the same answers with the same rows: nothing is drawn for it. */
	#rowsOf = new WeakMap<Slots, readonly LicenseSummary[]>();

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
		this.#haystack.keep([...moved.keys()]);
		this.#byNumber = this.#byNumber.flatMap((slot) => moved.get(slot) ?? []);
		this.#unplaced = this.#unplaced.flatMap((slot) => moved.get(slot) ?? []);
		this.#forget();
	}

	/**
	 * Rows in which every word of the text occurs: number, customer, product, edition, machine. A
	 * number counts as people type it: O for 0, I or L for 1, dashes or none.
	 */
	find(text: string, sorting: Sorting, now: Seconds): readonly LicenseSummary[] {
		const slots = this.#search(foldText(text).trim(), text, sorting, now);
		const known = this.#rowsOf.get(slots);
		if (known) return known;
		const rows = new Array<LicenseSummary>(slots.length);
		for (let at = 0; at < slots.length; at++) rows[at] = this.#rows[slots[at]!]!;
		this.#rowsOf.set(slots, rows);
		return rows;
	}

	/** What all of them come to. */
	totals(now: Seconds): Totals {
		return totalsOf(this.#rows, now);
	}

	#search(folded: string, text: string, sorting: Sorting, now: Seconds): Slots {
		const all = this.#order(sorting, now);
		if (folded === '') return all;
		const order = `${sorting.by} ${sorting.descending}`;
		if (order !== this.#foundIn) this.#narrowing.forget();
		this.#foundIn = order;
		const slots = this.#narrowing.find(folded, folded.split(/\s+/), all);
		const symbols = foldLicenseNumber(text).toLowerCase();
		if (slots.length > 0 || symbols.length < LEAST_SYMBOLS) return slots;
		// No text begins with a line break once it is trimmed.
		return this.#narrowing.find(`\n${symbols}`, [symbols], all);
	}

	#order(sorting: Sorting, now: Seconds): Uint32Array {
		// How a license stands changes with time.
		const time = sorting.by === 'state' ? Math.floor(now / 60) : 0;
		const name = `${sorting.by} ${sorting.descending} ${time}`;
		const known = this.#orders.get(name);
		if (known) return known;
		this.#place();
		const order = orderOf(this.#rows, this.#byNumber, sorting, now);
		this.#orders.set(name, order);
		return order;
	}

	#forget(): void {
		this.#orders.clear();
		this.#narrowing.forget();
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
		const { id, number, customer, title, edition } = this.#rows[slot]!;
		const shared = [customer, title, edition].map((text) => this.#texts.share(text).folded);
		const bare = number.toLowerCase();
		const own = [bare, bare.replaceAll('-', ''), ...(this.#machines.get(id)?.values() ?? [])];
		this.#haystack.put(slot, shared.join(' '), own.join(' '));
	}
}
