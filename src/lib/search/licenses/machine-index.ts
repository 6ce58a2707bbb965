/**
 * What the machines of each license are called, for hundreds of thousands of them: licenses are found
 * by it, and so are the machines that were meant, with what a row says of each, so that no key stroke reads the
 * database. People and sites, which many machines share, are held once. [O9, DK2]
 *
 * @module
 */
import type { ActivationRow } from '#lib/protocol/rows.ts';
import { foldText, type SharedText, type SharedTexts } from '#lib/search/search-text.ts';

/** What a machine that was found is shown by. */
export type FoundMachine = Pick<ActivationRow, 'id' | 'licenseId' | 'label' | 'name' | 'state'>;

/** What a machine is found by, and shown by. Another text goes into `put` as well. */
export type MachineSummary = FoundMachine & Pick<ActivationRow, 'requestLabel' | 'site'>;

type Machine = {
	act: string;
	label: string | undefined;
	state: ActivationRow['state'];
	/** What it is called, folded. */
	folded: string;
	name: SharedText;
	site: SharedText;
};

const NONE: readonly Machine[] = [];

export class MachineIndex {
	/** Machines of one license by `act`, rising. */
	readonly #byLicense = new Map<string, Machine[]>();
	readonly #texts: SharedTexts;

	constructor(texts: SharedTexts) {
		this.#texts = texts;
	}

	put({ id, licenseId, label, requestLabel, site = '', name, state }: MachineSummary): void {
		const machines = this.#byLicense.get(licenseId);
		const machine: Machine = {
			act: id,
			label,
			state,
			folded: labelOf(label, requestLabel),
			name: this.#texts.share(name),
			site: this.#texts.share(site)
		};
		if (!machines) {
			this.#byLicense.set(licenseId, [machine]);
			return;
		}
		const at = placeOf(id, machines);
		machines.splice(at, machines[at]?.act === id ? 1 : 0, machine);
	}

	get(licenseId: string, act: string): FoundMachine | undefined {
		const machines = this.#byLicense.get(licenseId) ?? NONE;
		const machine = machines[placeOf(act, machines)];
		if (machine?.act !== act) return undefined;
		const { label, state, name } = machine;
		return { id: act, licenseId, ...(label !== undefined && { label }), name: name.text, state };
	}

	/** The labels of all machines of a license in one line, folded. */
	lineOf(licenseId: string): string {
		const machines = this.#byLicense.get(licenseId) ?? NONE;
		return machines.length === 1
			? machines[0]!.folded
			: machines.map(({ folded }) => folded).join(' ');
	}

	/** What the machines of a license share with others. */
	sharedOf(licenseId: string): Iterable<SharedText> {
		const machines = this.#byLicense.get(licenseId);
		return machines ? new Set(machines.flatMap(({ name, site }) => [name, site])) : [];
	}

	/**
	 * Machines that have all of the words, or some of them where no machine has all.
	 *
	 * @returns Each `act`.
	 */
	find(licenseId: string, words: readonly string[]): string[] {
		const machines = this.#byLicense.get(licenseId) ?? NONE;
		const has = (word: string, { folded, name, site }: Machine) =>
			folded.includes(word) || name.folded.includes(word) || site.folded.includes(word);
		const all = machines.filter((machine) => words.every((word) => has(word, machine)));
		const meant =
			all.length > 0 ? all : machines.filter((machine) => words.some((word) => has(word, machine)));
		return meant.map(({ act }) => act);
	}

	drop(licenseId: string): void {
		this.#byLicense.delete(licenseId);
	}
}

/** A machine that is called what its request calls it says so once. */
function labelOf(label = '', requestLabel = ''): string {
	const folded = foldText(label);
	// The same text is held once.
	const said = folded === label ? label : folded;
	const asked = foldText(requestLabel);
	return said.includes(asked) ? said : `${said} ${asked}`;
}

/** Where an `act` is among rising ones, or belongs. Newer ids are larger: nearly all belong at the end. */
function placeOf(act: string, machines: readonly Machine[]): number {
	let low = 0;
	let high = machines.length;
	if (high > 0 && machines[high - 1]!.act < act) return high;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (machines[middle]!.act < act) low = middle + 1;
		else high = middle;
	}
	return low;
}
