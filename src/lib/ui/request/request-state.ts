/**
 * How a request or a return stands, as a chip.
 *
 * @module
 */
import type { ChipState } from '#lib/ui/base/chip.ts';

/** What decides it. */
export type Chipped = {
	kind?: 'return';
	state: 'draft' | 'queued' | 'granted' | 'refused' | 'waiting';
	/** Of a return: its seat is free, or cools until then. */
	freed?: true | number;
};

export function requestChip({ kind, state, freed }: Chipped, now: number): ChipState {
	if (state === 'draft') return 'notSubmitted';
	if (state === 'queued') return 'waiting';
	if (state === 'waiting') return 'waitingSeat';
	if (state === 'refused' || kind !== 'return') return state;
	return typeof freed === 'number' && freed > now ? 'cooling' : 'returned';
}
