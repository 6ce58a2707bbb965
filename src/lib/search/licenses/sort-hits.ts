/**
 * Rows of a list that a text found, told apart: whoever looks for a machine is shown that machine, not its
 * license with three others. [O9]
 *
 * @module
 */
import type { LicenseSummary } from './license-summary.ts';

/** A machine, and the license whose seat it has or had. */
export type MachineHit = { licenseId: string; act: string };

export type SortedHits = { licenses: LicenseSummary[]; machines: MachineHit[] };

/** So many rows are looked at: more are for the list, which has filters. */
const LOOKED_AT = 100;

/**
 * @param rows - What the table found, best first.
 * @param most - So many of each kind.
 * @param machinesOf - Machines by which the text finds a license: none where it is found by itself.
 */
export function sortHits(
	rows: readonly LicenseSummary[],
	most: number,
	machinesOf: (licenseId: string) => readonly string[]
): SortedHits {
	const licenses: LicenseSummary[] = [];
	const machines: MachineHit[] = [];
	for (const row of rows.slice(0, LOOKED_AT)) {
		if (licenses.length >= most && machines.length >= most) break;
		const acts = machinesOf(row.id);
		if (acts.length === 0) licenses.push(row);
		for (const act of acts) machines.push({ licenseId: row.id, act });
	}
	return { licenses: licenses.slice(0, most), machines: machines.slice(0, most) };
}
