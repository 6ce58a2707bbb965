/**
 * What the machines of each license are called, for hundreds of thousands of them: licenses are found
 * by it, and so are the machines that were meant. People and sites, which many machines share, are held
 * once. [O9, DK2]
 *
 * @module
 */
import type { ActivationRow } from '#lib/protocol/rows.ts';
import { foldText, type SharedText, type SharedTexts } from './search-text.ts';

/** What a machine is found by. Another text goes into `put` as well. */
export type MachineSummary = Pick<
	ActivationRow,
	'id' | 'licenseId' | 'label' | 'requestLabel' | 'site' | 'name'
>;

/** Machines of one license by `act`, rising: what each is called, folded, and whose and where it is. */
type Machines = { acts: string[]; labels: string[]; names: SharedText[]; sites: SharedText[] };

const NONE: Machines = { acts: [], labels: [], names: [], sites: [] };

export class MachineIndex {
	readonly #byLicense = new Map<string, Machines>();
	readonly #texts: SharedTexts;

	constructor(texts: SharedTexts) {
		this.#texts = texts;
	}

	put({ id, licenseId, label, requestLabel, site = '', name }: MachineSummary): void {
		let machines = this.#byLicense.get(licenseId);
		if (!machines)
			this.#byLicense.set(licenseId, (machines = { acts: [], labels: [], names: [], sites: [] }));
		const { acts, labels, names, sites } = machines;
		const at = placeOf(id, acts);
		const replaced = acts[at] === id ? 1 : 0;
		acts.splice(at, replaced, id);
		labels.splice(at, replaced, labelOf(label, requestLabel));
		names.splice(at, replaced, this.#texts.share(name));
		sites.splice(at, replaced, this.#texts.share(site));
	}

	/** The labels of all machines of a license in one line, folded. */
	lineOf(licenseId: string): string {
		const { labels } = this.#byLicense.get(licenseId) ?? NONE;
		return labels.length === 1 ? labels[0]! : labels.join(' ');
	}

	/** What the machines of a license share with others. */
	sharedOf(licenseId: string): Iterable<SharedText> {
		const machines = this.#byLicense.get(licenseId);
		return machines ? new Set([...machines.names, ...machines.sites]) : [];
	}

	/**
	 * Machines that have all of the words, or some of them where no machine has all.
	 *
	 * @returns Each `act`.
	 */
	find(licenseId: string, words: readonly string[]): string[] {
		const { acts, labels, names, sites } = this.#byLicense.get(licenseId) ?? NONE;
		const has = (word: string, at: number) =>
			labels[at]!.includes(word) ||
			names[at]!.folded.includes(word) ||
			sites[at]!.folded.includes(word);
		const all = acts.filter((_, at) => words.every((word) => has(word, at)));
		if (all.length > 0) return all;
		return acts.filter((_, at) => words.some((word) => has(word, at)));
	}

	drop(licenseId: string): void {
		this.#byLicense.delete(licenseId);
	}
}

/** A machine that is called what its request calls it says so once. */
function labelOf(label = '', requestLabel = ''): string {
	const said = foldText(label);
	const asked = foldText(requestLabel);
	return said.includes(asked) ? said : `${said} ${asked}`;
}

/** Where an id is in a rising list, or belongs. Newer ids are larger: nearly all belong at its end. */
function placeOf(id: string, ids: readonly string[]): number {
	let low = 0;
	let high = ids.length;
	if (high > 0 && ids[high - 1]! < id) return high;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (ids[middle]! < id) low = middle + 1;
		else high = middle;
	}
	return low;
}
