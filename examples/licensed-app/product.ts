/**
 * What this product knows of itself. A vendor writes these lines once per release.
 *
 * @module
 */

/** A function of the menu, behind the entitlement of the same code. [K4] */
export type ProductFunction = { entitlement: string; title: string; run: () => string[] };

export const product = {
	slug: 'atlas-server',
	title: 'Atlas Server',
	version: '8.2',
	/** What came after the first version that licenses cover. [P7] */
	since: { subflow: '8.1.5' },
	/** Licenses whose maintenance ended before this day do not cover this release. */
	builtAt: Date.UTC(2026, 9, 1) / 1000,
	/** Where people ask for an upgrade. */
	contact: 'licensing@example.com',
	/** Keys that were sold before: their form tells what they were for. [K3] */
	foreignKeys: [
		{
			pattern: 'EXD[67]-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}',
			name: 'Atlas Server 6 and 7'
		}
	]
} as const;

const readings = [12, 7, 19, 3, 25];

/** Small, but each does what its name says. */
export const functions: readonly ProductFunction[] = [
	{
		entitlement: 'dataflow',
		title: 'Dataflow',
		run: () => [
			`read ${readings.join(' ')}`,
			`keep above 5 → ${readings.filter((value) => value > 5).join(' ')}`,
			`sum → ${sum(readings.filter((value) => value > 5))}`
		]
	},
	{
		entitlement: 'workflow',
		title: 'Workflow',
		run: () => ['import', 'clean', 'publish'].map((step, at) => `step ${at + 1}: ${step} done`)
	},
	{
		entitlement: 'subflow',
		title: 'Subflow',
		run: () => [
			'outer: 2 inner flows',
			`inner 1 → ${sum(readings.slice(0, 2))}`,
			`inner 2 → ${sum(readings.slice(2))}`
		]
	},
	{
		entitlement: 'reports',
		title: 'Reports',
		run: () => [`${readings.length} readings, mean ${sum(readings) / readings.length}`]
	}
];

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}
