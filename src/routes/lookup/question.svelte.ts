/**
 * What is looked for, and what this desk finds for it: exactly one license or machine, several of them, or
 * nothing. [O9]
 *
 * @module
 */
import { licenseList } from '#lib/desk/licenses/license-list.ts';
import {
	findNearby,
	type Hit,
	lookUp,
	type Lookup,
	lookUpBeginnings,
	type MachineRow,
	readMachineRows
} from '#lib/desk/licenses/lookup.ts';
import { readLicense } from '#lib/desk/licenses/read-licenses.ts';
import { LiveOf } from '#lib/desk/store/live-of.svelte.ts';
import type { LicenseSummary } from '#lib/search/licenses/license-summary.ts';
import { sortHits, type MachineHit, type SortedHits } from '#lib/search/licenses/sort-hits.ts';
import { now } from '#lib/ui/base/now.svelte.ts';
import { hrefOf } from './hit-href.ts';

const sorting = { by: 'number', descending: false } as const;
const NOTHING: SortedHits = { licenses: [], machines: [] };

export class Question {
	/** What is looked for: what the field says, or what was pasted or scanned in its stead. */
	text = $state('');
	/** What the text names exactly, where it does. */
	named = $state.raw<Lookup>();
	/** Licenses that were meant where one character of a number is off; absent where none is. */
	nearby = $state.raw<LicenseSummary[]>();
	#beginnings = $state.raw(NOTHING);
	/** For which text all of these are. */
	#answered = $state('');
	readonly #most: number;

	readonly isIdle = $derived(this.text.trim() === '');
	/** All rows of the list in memory that the text finds, by themselves or by their machines. */
	readonly found = $derived.by((): readonly LicenseSummary[] =>
		this.isIdle || this.named || !licenseList.isListed
			? []
			: licenseList.table.find({ text: this.text, sorting }, now.seconds)
	);
	readonly #sorted = $derived.by(() => {
		if (this.isIdle) return NOTHING;
		if (this.named) return namedHits(this.named);
		const hits = sortHits(this.found, this.#most, (id) =>
			licenseList.table.machines(id, this.text)
		);
		return licenseList.isWhole ? hits : merged(this.#beginnings, hits, this.#most);
	});
	/** Licenses that are found by what they are themselves. */
	readonly licenses = $derived(this.#sorted.licenses);
	/** Machines that are found. */
	readonly machines = $derived(this.#sorted.machines);
	readonly #read = new LiveOf(
		() => readMachineRows(this.machines, (id) => licenseList.table.get(id)),
		() => this.machines.map(({ act }) => act).join(' ')
	);
	#drawn: readonly MachineRow[] = [];
	/**
	 * The same with what their rows say, in memory once all is there. Until that is read, those of before that are
	 * still meant. `undefined`: being read.
	 */
	readonly machineRows = $derived.by((): readonly MachineRow[] | undefined => {
		if (licenseList.isWhole) return this.machines.flatMap(rowInMemory);
		const acts = new Set(this.machines.map(({ act }) => act));
		const read = this.#read.current;
		this.#drawn = read ?? this.#drawn.filter(({ machine }) => acts.has(machine.id));
		return read || this.#drawn.length > 0 ? this.#drawn : undefined;
	});
	#kept = $state.raw<{ hit: Hit; text: string }>();
	/** The one license or machine that is meant, if it is one. */
	readonly hit = $derived.by((): Hit | undefined => {
		if (this.#kept?.text === this.text) return this.#kept.hit;
		// Also of a license that is not in memory yet.
		if (this.named) return this.named.hits.length === 1 ? this.named.hits[0] : undefined;
		const [license, machine] = [this.licenses[0], this.machines[0]];
		if (this.licenses.length + this.machines.length !== 1) return undefined;
		return machine ?? (license && { licenseId: license.id });
	});
	readonly #card = new LiveOf(
		async (id) => (id === undefined ? undefined : readLicense(id)),
		() => this.hit?.licenseId
	);
	/** That license, or that of the machine, once it has been read. */
	readonly license = $derived.by(() => this.#card.current);
	/** All that this text names has been asked for. */
	readonly isAnswered = $derived(this.#answered === this.text);
	/** Nothing more is coming: what is not found is not here. */
	readonly isSettled = $derived(
		this.isAnswered && (licenseList.isWhole || this.named !== undefined)
	);
	/** Where Enter leads: to the only hit, or the first. */
	readonly first = $derived.by((): string | undefined => {
		const license = this.licenses[0] ?? (this.nearby?.length === 1 ? this.nearby[0] : undefined);
		const hit = this.hit ?? this.machines[0] ?? (license && { licenseId: license.id });
		return hit && hrefOf(hit);
	});

	/**
	 * To be made while a component is set up.
	 *
	 * @param most - How many rows of each kind are of use.
	 */
	constructor(most: number) {
		this.#most = most;
		$effect(() => void this.#answer(this.text));
		$effect(() => {
			licenseList.hold(!this.isAnswered || (this.hit !== undefined && !this.license));
			return () => licenseList.hold(false);
		});
	}

	/** A person has opened something on the card of the one hit: until it is closed, that card stays. */
	get isKept(): boolean {
		return this.#kept !== undefined;
	}

	set isKept(isOpen) {
		this.#kept = isOpen && this.hit ? { hit: this.hit, text: this.text } : undefined;
	}

	async #answer(text: string): Promise<void> {
		const isIdle = text.trim() === '';
		const exact = isIdle ? undefined : await lookUp(text);
		const begun =
			isIdle || exact || licenseList.isWhole ? NOTHING : await lookUpBeginnings(text, this.#most);
		// Only shown where nothing is found, and read from far apart.
		const isFound = licenseList.isWhole && this.found.length > 0;
		const near = exact || isIdle || isFound ? undefined : await findNearby(text);
		// Somebody typed on meanwhile.
		if (text !== this.text) return;
		this.named = exact;
		this.nearby = near;
		this.#beginnings = begun;
		this.#answered = text;
	}
}

/** Of several licenses that are meant, those in memory. */
function namedHits({ hits }: Lookup): SortedHits {
	return {
		machines: hits.flatMap(({ licenseId, act }) => (act === undefined ? [] : { licenseId, act })),
		licenses: hits.flatMap(({ licenseId, act }) =>
			act === undefined ? (licenseList.table.get(licenseId) ?? []) : []
		)
	};
}

function rowInMemory({ licenseId, act }: MachineHit): MachineRow[] {
	const { table } = licenseList;
	const [machine, license] = [table.machine(licenseId, act), table.get(licenseId)];
	return machine && license ? [{ machine, license }] : [];
}

function merged(a: SortedHits, b: SortedHits, most: number): SortedHits {
	return {
		licenses: unique([...a.licenses, ...b.licenses], ({ id }) => id).slice(0, most),
		machines: unique([...a.machines, ...b.machines], ({ act }) => act).slice(0, most)
	};
}

function unique<T>(all: readonly T[], idOf: (each: T) => string): T[] {
	return [...new Map(all.map((each) => [idOf(each), each])).values()];
}
