/**
 * Machines of one license as a list shows them: found, and in order. Those that hold a seat come first.
 *
 * @module
 */
import type { ActivationState } from '#lib/domain/seat.ts';
import { foldText } from '#lib/search/search-text.ts';

export type MachineOrder = 'label' | 'newest' | 'site';

export const machineOrders: readonly MachineOrder[] = ['label', 'newest', 'site'];

type Machine = {
	id: string;
	label?: string;
	requestLabel?: string;
	site?: string;
	name: string;
	grantedAt: number;
	state: ActivationState;
};

/** Whether each word of a text occurs in what a machine is found by. */
export function isFound({ label, requestLabel, site, name }: Machine, text: string): boolean {
	const folded = foldText([label, requestLabel, site, name].filter(Boolean).join('\n'));
	return foldText(text)
		.split(/\s+/)
		.every((word) => folded.includes(word));
}

/** As people count: rack-9 comes before rack-10. */
const { compare } = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** Without a site comes last; within a site, and without a name, by what there is. */
export function orderMachines<M extends Machine>(rows: readonly M[], by: MachineOrder): M[] {
	return rows.toSorted(
		(one, other) =>
			(by === 'newest' ? other.grantedAt - one.grantedAt : 0) ||
			(by === 'site' ? compareTexts(one.site, other.site) : 0) ||
			compareTexts(one.label, other.label) ||
			compare(one.id, other.id)
	);
}

function compareTexts(one: string | undefined, other: string | undefined): number {
	if (one === undefined || other === undefined)
		return Number(one === undefined) - Number(other === undefined);
	return compare(one, other);
}

/** Those that hold a seat or block one, and those that are gone. */
export function partMachines<M extends Machine>(rows: readonly M[]): { seated: M[]; gone: M[] } {
	const seated = rows.filter(({ state }) => state === 'active' || state === 'cooling');
	return { seated, gone: rows.filter((row) => !seated.includes(row)) };
}
