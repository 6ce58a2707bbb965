/**
 * The columns of a list of activations, and how a row stands. [P11]
 *
 * @module
 */
import type { Seconds } from '#lib/domain/time.ts';
import type { ActivationOrder } from '#lib/search/activations/activation-order.ts';
import type { ActivationSummary } from '#lib/search/activations/activation-summary.ts';
import type { ChipState } from '#lib/ui/base/chip.ts';
import type { ColumnLayout } from '#lib/ui/list/columns-in-room.ts';
import { activationChip } from './activation-chip.ts';

/** In the order in which they stand, each sorted by what it shows; the machine is always there. */
export const activationColumns = [
	'site',
	'system',
	'version',
	'product',
	'number',
	'customer',
	'who',
	'granted',
	'by',
	'generation',
	'end',
	'heard',
	'state'
] as const satisfies readonly ActivationOrder[];
export type ActivationColumn = (typeof activationColumns)[number];

export const usualActivationColumns: readonly ActivationColumn[] = [
	'site',
	'version',
	'product',
	'number',
	'end',
	'heard',
	'state'
];

/** How wide they are, and which are given up first. */
export const activationLayout: ColumnLayout<ActivationColumn> = {
	first: { rem: 6.875, share: 1.3 },
	widths: {
		site: { rem: 5, share: 0.8 },
		system: { rem: 4.375, share: 0.5 },
		version: { rem: 3.5, share: 0.3 },
		product: { rem: 5.625, share: 0.8 },
		number: { rem: 8.375 },
		customer: { rem: 6, share: 0.9 },
		who: { rem: 5.625, share: 0.7 },
		granted: { rem: 5.75 },
		by: { rem: 4.5 },
		generation: { rem: 2.5 },
		end: { rem: 5.75 },
		heard: { rem: 7 },
		state: { rem: 8.5 }
	},
	spare: [
		...(['generation', 'by', 'system', 'granted', 'version', 'who'] as const),
		...(['customer', 'product', 'site', 'heard', 'number', 'end'] as const)
	]
};

/** The one chip of a row: what is worst about it. */
export function activationState(
	{ state, overage, expiresAt }: Pick<ActivationSummary, 'state' | 'overage' | 'expiresAt'>,
	now: Seconds
): ChipState {
	if (state !== 'active') return activationChip(state);
	if (overage) return 'overLimit';
	return expiresAt !== undefined && expiresAt <= now ? 'expired' : 'activated';
}
