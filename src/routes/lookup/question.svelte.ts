/**
 * What is looked for on the screen Lookup, and what this desk finds for it: exactly one license, several
 * rows, or nothing. [O9]
 *
 * @module
 */
import { licenseList } from '#lib/desk/licenses/license-list.ts';
import { type Hit, lookUp, type Lookup, lookUpBeginnings } from '#lib/desk/licenses/lookup.ts';
import { readLicense } from '#lib/desk/licenses/read-licenses.ts';
import { Live } from '#lib/desk/store/live.ts';
import type { LicenseSummary } from '#lib/search/license-summary.ts';
import { now } from '#lib/ui/base/now.svelte.ts';

const sorting = { by: 'number', descending: false } as const;

export class Question {
	/** What is looked for: what the field says, or what was pasted or scanned in its stead. */
	text = $state('');
	/** What the text names exactly, where it does. */
	named = $state.raw<Lookup>();
	#beginnings = $state.raw<LicenseSummary[]>([]);
	/** For which text `named` and the beginnings are. */
	#answered = $state('');
	readonly #most: number;

	readonly isIdle = $derived(this.text.trim() === '');
	readonly found = $derived.by((): readonly LicenseSummary[] => {
		if (this.isIdle) return [];
		// Of several machines or licenses that a code names, before the list is in memory too.
		if (this.named)
			return this.named.hits.flatMap(({ licenseId }) => licenseList.table.get(licenseId) ?? []);
		const rows = licenseList.table.find({ text: this.text, sorting }, now.seconds);
		if (licenseList.isWhole) return rows;
		return [...new Map([...this.#beginnings, ...rows].map((row) => [row.id, row])).values()];
	});
	/** The one license that is meant, if it is one. */
	readonly hit = $derived.by((): Hit | undefined => {
		if (this.named) return this.named.hits.length === 1 ? this.named.hits[0] : undefined;
		const [only] = this.found;
		return this.found.length === 1 && only && !this.isIdle ? { licenseId: only.id } : undefined;
	});
	readonly #hitId = $derived(this.hit?.licenseId);
	readonly #card = $derived.by(() => {
		const id = this.#hitId;
		return id === undefined ? undefined : new Live(() => readLicense(id));
	});
	/** That license, once it has been read. */
	readonly license = $derived(this.#card?.current);
	/** Nothing more is coming: what is not found is not here. */
	readonly isSettled = $derived(
		this.#answered === this.text && (licenseList.isWhole || this.named !== undefined)
	);

	/**
	 * To be made while a component is set up.
	 *
	 * @param most - How many rows are of use before all licenses have been read.
	 */
	constructor(most: number) {
		this.#most = most;
		$effect(() => void this.#answer(this.text));
		$effect(() => {
			licenseList.hold(this.#answered !== this.text || (this.hit !== undefined && !this.license));
			return () => licenseList.hold(false);
		});
	}

	async #answer(text: string): Promise<void> {
		const isIdle = text.trim() === '';
		const exact = isIdle ? undefined : await lookUp(text);
		const begun =
			isIdle || exact || licenseList.isWhole ? [] : await lookUpBeginnings(text, this.#most);
		// Somebody typed on meanwhile.
		if (text !== this.text) return;
		this.named = exact;
		this.#beginnings = begun;
		this.#answered = text;
	}
}
