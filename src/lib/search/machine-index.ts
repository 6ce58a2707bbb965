/**
 * What the machines of each license are called, for hundreds of thousands of them: licenses are found
 * by it, and so are the machines that were meant. [O9, DK2]
 *
 * @module
 */
import type { ActivationRow } from '#lib/protocol/rows.ts';
import { foldText } from './search-text.ts';

/** What a machine is found by. Another text goes into `textOf` as well. */
export type MachineSummary = Pick<
	ActivationRow,
	'id' | 'licenseId' | 'label' | 'requestLabel' | 'site' | 'name'
>;

/** A row of the mirror, without what nobody looks for. */
export function machineSummaryOf(row: MachineSummary): MachineSummary {
	const { id, licenseId, label, requestLabel, site, name } = row;
	return { id, licenseId, label, requestLabel, site, name };
}

function textOf({ label, requestLabel, site, name }: MachineSummary): string {
	const said = [label, requestLabel, site, name].filter((text) => text !== undefined);
	return foldText(said.join(' '));
}

/** Machines of one license by `act`, rising; and what each is called, folded. */
type Machines = { acts: string[]; texts: string[] };

const NONE: Machines = { acts: [], texts: [] };

export class MachineIndex {
	readonly #byLicense = new Map<string, Machines>();

	put(row: MachineSummary): void {
		let machines = this.#byLicense.get(row.licenseId);
		if (!machines) this.#byLicense.set(row.licenseId, (machines = { acts: [], texts: [] }));
		const { acts, texts } = machines;
		const at = placeOf(row.id, acts);
		if (at < acts.length && acts[at] !== row.id) {
			acts.splice(at, 0, row.id);
			texts.splice(at, 0, '');
		}
		acts[at] = row.id;
		texts[at] = textOf(row);
	}

	/** All machines of a license in one line. */
	lineOf(licenseId: string): string {
		const { texts } = this.#byLicense.get(licenseId) ?? NONE;
		return texts.length === 1 ? texts[0]! : texts.join(' ');
	}

	/**
	 * Machines that have all of the words, or some of them where no machine has all.
	 *
	 * @returns Each `act`.
	 */
	find(licenseId: string, words: readonly string[]): string[] {
		const { acts, texts } = this.#byLicense.get(licenseId) ?? NONE;
		const all = acts.filter((_, at) => words.every((word) => texts[at]!.includes(word)));
		if (all.length > 0) return all;
		return acts.filter((_, at) => words.some((word) => texts[at]!.includes(word)));
	}

	drop(licenseId: string): void {
		this.#byLicense.delete(licenseId);
	}
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
