/**
 * The machine by which a search found a license. [O9]
 *
 * @module
 */
import { licenseList } from '#lib/desk/licenses/license-list.ts';
import { machineName } from '#lib/search/activations/activation-summary.ts';

/** The first of them, and how many more there are; nothing where the license is found by itself. */
export function foundMachine(
	licenseId: string,
	text: string
): { act: string; name: string; others: number } | undefined {
	const { table } = licenseList;
	const [act, ...others] = table.machines(licenseId, text);
	const machine = act === undefined ? undefined : table.machine(licenseId, act);
	return machine && { act: machine.id, name: machineName(machine), others: others.length };
}
