/**
 * Machines by which a search found its licenses: read a moment after the last letter, for the rows that
 * a screen has room for, so that no key stroke waits for them. [O9]
 *
 * @module
 */
import { licenseList } from '#lib/desk/licenses/license-list.ts';
import { readMachineNames } from '#lib/desk/licenses/machines.ts';
import type { LicenseSummary } from '#lib/search/license-summary.ts';

type FoundMachine = { act: string; name: string };

const PAUSE_MILLISECONDS = 120;
/** More than this nobody reads through: they go on typing. */
const ROWS = 60;
const MACHINES = 20;

export class FoundMachines {
	/** By id of the license. */
	#found = $state.raw<ReadonlyMap<string, readonly FoundMachine[]>>(new Map());

	/** @returns A call that forgets the question: for an effect. */
	ask(rows: readonly LicenseSummary[], text: string): () => void {
		const timer = setTimeout(() => void this.#read(rows, text), PAUSE_MILLISECONDS);
		return () => clearTimeout(timer);
	}

	namesOf(licenseId: string): readonly string[] {
		return this.#found.get(licenseId)?.map(({ name }) => name) ?? [];
	}

	/** The one machine that was meant, where it is one. */
	only(licenseId: string): FoundMachine | undefined {
		const machines = this.#found.get(licenseId);
		return machines?.length === 1 ? machines[0] : undefined;
	}

	async #read(rows: readonly LicenseSummary[], text: string): Promise<void> {
		const acts = new Map<string, string[]>();
		if (text.trim() !== '')
			for (const { id } of rows.slice(0, ROWS)) {
				const found = licenseList.table.machines(id, text).slice(0, MACHINES);
				if (found.length > 0) acts.set(id, found);
			}
		if (acts.size === 0 && this.#found.size === 0) return;
		const names = await readMachineNames([...acts.values()].flat());
		this.#found = new Map(
			Array.from(acts, ([id, found]) => [
				id,
				found.flatMap((act) => {
					const name = names.get(act);
					return name === undefined ? [] : { act, name };
				})
			])
		);
	}
}
