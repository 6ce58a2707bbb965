/**
 * Machines by which a search found its licenses: read a moment after the last letter, for the rows that
 * a screen has room for, so that no key stroke waits for them. [O9]
 *
 * @module
 */
import { licenseList } from '#lib/desk/licenses/license-list.ts';
import { readMachineNames } from '#lib/desk/licenses/machines.ts';
import type { LicenseSummary } from '#lib/search/license-summary.ts';

/** The first machine by its name, and how many more there are. */
type FoundMachine = { act: string; name: string; others: number };

const PAUSE_MILLISECONDS = 120;
/** More than this no screen shows at once. */
const ROWS = 24;

export class FoundMachines {
	/** By id of the license. */
	#found = $state.raw<ReadonlyMap<string, FoundMachine>>(new Map());

	/** @returns A call that forgets the question: for an effect. */
	ask(rows: readonly LicenseSummary[], text: string): () => void {
		const timer = setTimeout(() => void this.#read(rows, text), PAUSE_MILLISECONDS);
		return () => clearTimeout(timer);
	}

	of(licenseId: string): FoundMachine | undefined {
		return this.#found.get(licenseId);
	}

	async #read(rows: readonly LicenseSummary[], text: string): Promise<void> {
		const acts = new Map<string, readonly string[]>();
		if (text.trim() !== '')
			for (const { id } of rows.slice(0, ROWS)) {
				const found = licenseList.table.machines(id, text);
				if (found.length > 0) acts.set(id, found);
			}
		if (acts.size === 0 && this.#found.size === 0) return;
		const names = await readMachineNames(Array.from(acts.values(), ([first]) => first!));
		this.#found = new Map(
			Array.from(acts).flatMap(([id, [first, ...others]]) => {
				const name = names.get(first!);
				return name === undefined
					? []
					: [[id, { act: first!, name, others: others.length }] as const];
			})
		);
	}
}
