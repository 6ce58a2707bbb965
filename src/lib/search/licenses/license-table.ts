/**
 * All licenses in memory, found by their machines as well. [O9, P10]
 *
 * @module
 */
import { foldLicenseNumber } from '#lib/domain/licenses/license-number.ts';
import type { Seconds } from '#lib/domain/time.ts';
import { licenseFiltering, type LicenseFilter } from './license-filter.ts';
import { byUrgency, licenseOrdering, type LicenseSortOrder } from './license-order.ts';
import { summaryOf, totalsOf, type LicenseSummary, type Totals } from './license-summary.ts';
import { MachineIndex, type FoundMachine, type MachineSummary } from './machine-index.ts';
import { RowTable } from '#lib/search/row-table.ts';
import { foldText, SharedTexts, wordsOf } from '#lib/search/search-text.ts';

/** Fewer symbols than these say nothing of a license number. */
const LEAST_SYMBOLS = 3;

const ALL = { text: '', sorting: byUrgency };

/** What licenses are found by besides what their rows say. */
type Besides = {
	texts: SharedTexts;
	machines: MachineIndex;
	/** By license: see `putWritten`. */
	written: ReadonlyMap<string, string>;
};

/**
 * Found are number, customer, product, edition, note, purchase ID, machine. A number counts as people type it: O for 0,
 * I or L for 1, dashes or none.
 */
export class LicenseTable extends RowTable<LicenseSummary, LicenseFilter, LicenseSortOrder> {
	readonly #besides: Besides;
	/** Held once as well, and never searched. */
	readonly #ids = new SharedTexts();
	#asked: { text: string; words: readonly string[] } | undefined;

	constructor() {
		let besides!: Besides;
		super((texts) => {
			besides = { texts, machines: new MachineIndex(texts), written: new Map() };
			return {
				filtering: licenseFiltering,
				ordering: licenseOrdering(texts),
				sharedOf: ({ customer, title, edition }) => [customer, title, edition],
				saidOf: ({ id }) => besides.machines.sharedOf(id),
				ownTextOf: (license) => ownTextOf(license, besides),
				otherwise: (text) => {
					const symbols = foldLicenseNumber(text).toLowerCase();
					return symbols.length < LEAST_SYMBOLS ? undefined : symbols;
				}
			};
		});
		this.#besides = besides;
	}

	override put(rows: readonly LicenseSummary[]): void {
		super.put(rows.map((row) => this.#shared(row)));
	}

	/** Machines by which licenses are found; of those without a license nothing is seen. */
	putMachines(rows: readonly MachineSummary[]): void {
		for (const row of rows) this.#besides.machines.put(row);
		this.touch(rows.map(({ licenseId }) => licenseId));
	}

	/**
	 * What this desk has written and the mirror does not say yet, by license: its note, names and sites of its
	 * machines. [CH1]
	 */
	putWritten(texts: ReadonlyMap<string, string>): void {
		const before = this.#besides.written;
		this.#besides.written = texts;
		this.touch([...before.keys(), ...texts.keys()]);
	}

	override keep(isKept: (row: LicenseSummary) => boolean): void {
		super.keep((row) => {
			if (isKept(row)) return true;
			this.#besides.machines.drop(row.id);
			return false;
		});
	}

	/** Ids of the most urgent rows, the worst first. */
	firstIds(most: number, now: Seconds): string[] {
		return this.find(ALL, now)
			.slice(0, most)
			.map(({ id }) => id);
	}

	/**
	 * Machines of a license by which the text finds it: each has all words that the license itself does
	 * not have, or some of them where no machine has all.
	 *
	 * @returns Each `act`; nothing where the license has every word itself.
	 */
	machines(licenseId: string, text: string): string[] {
		const license = this.get(licenseId);
		if (!license) return [];
		const { customer, title, edition, number, note, purchase } = license;
		const { texts } = this.#besides;
		const shared = [customer, title, edition].map((text) => texts.share(text).folded);
		const rest = this.#wordsOf(text).filter((word) => !shared.some((text) => text.includes(word)));
		if (rest.length === 0) return [];
		const own = foldText([number, note?.value, purchase].join(' '));
		const words = rest.filter((word) => !own.includes(word));
		return words.length === 0 ? [] : this.#besides.machines.find(licenseId, words);
	}

	/** A hundred licenses are asked about one text. */
	#wordsOf(text: string): readonly string[] {
		if (this.#asked?.text !== text) this.#asked = { text, words: wordsOf(text) };
		return this.#asked.words;
	}

	/** A machine as rows show it, where it is in memory. */
	machine(licenseId: string, act: string): FoundMachine | undefined {
		return this.#besides.machines.get(licenseId, act);
	}

	/** What all of them come to. */
	totals(now: Seconds): Totals {
		return totalsOf(this.find(ALL, now), now);
	}

	/** Only what is shown; texts that many rows share are held once. */
	#shared(row: LicenseSummary): LicenseSummary {
		const { texts } = this.#besides;
		const shared = summaryOf(row);
		shared.customerId = this.#ids.share(row.customerId).text;
		shared.customer = texts.share(row.customer).text;
		shared.title = texts.share(row.title).text;
		shared.edition = texts.share(row.edition).text;
		return shared;
	}
}

/** What a license is found by besides its customer, product and edition; its machines included. */
function ownTextOf(
	{ id, number, note, purchase }: LicenseSummary,
	{ machines, written }: Besides
): string {
	const said = [number, note?.value, purchase, written.get(id)];
	const own = foldText(said.filter((text) => text !== undefined).join(' ')).replaceAll('\n', ' ');
	return `${own} ${machines.lineOf(id)}`;
}
