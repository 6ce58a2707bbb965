/**
 * The columns of a list of requests. [DK3, DK7]
 *
 * @module
 */

/** In the order in which they stand, each sorted by what it shows; the machine is always there. */
export const requestColumns = [
	'kind',
	'product',
	'number',
	'customer',
	'who',
	'system',
	'version',
	'when',
	'answered',
	'saved',
	'state'
] as const;
export type RequestColumn = (typeof requestColumns)[number];

export const usualRequestColumns: readonly RequestColumn[] = [
	'product',
	'customer',
	'when',
	'saved',
	'state'
];

/** Tracks of a CSS grid. */
const widths: Record<RequestColumn, string> = {
	kind: '7.75rem',
	product: 'minmax(6.25rem, 1fr)',
	number: '8.375rem',
	customer: 'minmax(6rem, 0.9fr)',
	who: 'minmax(5.625rem, 0.7fr)',
	system: 'minmax(4.375rem, 0.5fr)',
	version: 'minmax(3.5rem, 0.3fr)',
	when: '7rem',
	answered: '7rem',
	saved: '7rem',
	state: '11rem'
};

export function requestTracks(columns: readonly RequestColumn[]): string {
	return ['minmax(6.875rem, 1.3fr)', ...columns.map((column) => widths[column])].join(' ');
}
