/**
 * The columns of a list of activations, and how a row stands. [P11]
 *
 * @module
 */
import type { Seconds } from '#lib/domain/time.ts';
import type { ActivationOrder } from '#lib/search/activation-order.ts';
import type { ActivationSummary } from '#lib/search/activation-summary.ts';
import type { ChipState } from '#lib/ui/base/chip.ts';
import { activationChip } from './license-state.ts';

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

/** Tracks of a CSS grid. */
const widths: Record<ActivationColumn, string> = {
	site: 'minmax(5rem, 0.8fr)',
	system: 'minmax(4.375rem, 0.5fr)',
	version: 'minmax(3.5rem, 0.3fr)',
	product: 'minmax(5.625rem, 0.8fr)',
	number: '8.375rem',
	customer: 'minmax(6rem, 0.9fr)',
	who: 'minmax(5.625rem, 0.7fr)',
	granted: '5.75rem',
	by: '4.5rem',
	generation: '2.5rem',
	end: '5.75rem',
	heard: '7rem',
	state: '8.5rem'
};

export function activationTracks(columns: readonly ActivationColumn[]): string {
	return ['minmax(6.875rem, 1.3fr)', ...columns.map((column) => widths[column])].join(' ');
}

/** The one chip of a row: what is worst about it. */
export function activationState(
	{ state, overage, expiresAt }: Pick<ActivationSummary, 'state' | 'overage' | 'expiresAt'>,
	now: Seconds
): ChipState {
	if (state !== 'active') return activationChip(state);
	if (overage) return 'overLimit';
	return expiresAt !== undefined && expiresAt <= now ? 'expired' : 'activated';
}
