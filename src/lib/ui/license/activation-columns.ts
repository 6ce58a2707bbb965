/**
 * The columns of a list of activations, and how a row stands. [P11]
 *
 * @module
 */
import type { Seconds } from '#lib/domain/license.ts';
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
	site: 'minmax(80px, 0.8fr)',
	system: 'minmax(70px, 0.5fr)',
	version: 'minmax(56px, 0.3fr)',
	product: 'minmax(90px, 0.8fr)',
	number: '134px',
	customer: 'minmax(96px, 0.9fr)',
	who: 'minmax(90px, 0.7fr)',
	granted: '92px',
	by: '72px',
	generation: '40px',
	end: '92px',
	heard: '112px',
	state: '136px'
};

export function activationTracks(columns: readonly ActivationColumn[]): string {
	return ['minmax(110px, 1.3fr)', ...columns.map((column) => widths[column])].join(' ');
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
