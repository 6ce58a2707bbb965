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

/** At least so many rem, and the share of what is left. */
type Width = { rem: number; share?: number };

/** How wide they are, and which are given up first. */
export const requestLayout: {
	first: Width;
	widths: Record<RequestColumn, Width>;
	spare: readonly RequestColumn[];
} = {
	first: { rem: 6.875, share: 1.3 },
	widths: {
		kind: { rem: 7.75 },
		product: { rem: 6.25, share: 1 },
		number: { rem: 8.375 },
		customer: { rem: 6, share: 0.9 },
		who: { rem: 5.625, share: 0.7 },
		system: { rem: 4.375, share: 0.5 },
		version: { rem: 3.5, share: 0.3 },
		when: { rem: 7 },
		answered: { rem: 7 },
		saved: { rem: 7 },
		state: { rem: 11 }
	},
	spare: [
		...(['version', 'system', 'who', 'answered', 'kind'] as const),
		...(['customer', 'number', 'product', 'saved', 'when'] as const)
	]
};
