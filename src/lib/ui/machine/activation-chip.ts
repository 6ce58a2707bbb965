/**
 * What became of the seat of one machine, as a chip. [P4]
 *
 * @module
 */
import type { ActivationState } from '#lib/domain/seat.ts';
import type { ChipState } from '#lib/ui/base/chip.ts';

export function activationChip(state: ActivationState): ChipState {
	return state === 'active' ? 'activated' : state;
}
