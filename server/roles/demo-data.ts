/**
 * The demo's fictional vendor, products, customers, people and licenses.
 *
 * @module
 */
import type { Entitlement } from '#lib/protocol/catalog.ts';
import type { LicenseOrder } from '#server/operations/licenses/issue-license.ts';
import { platforms, type Platform, type Release } from '#lib/domain/vendor/release.ts';
import { DAY_SECONDS, type Seconds } from '#lib/domain/time.ts';

const contact = 'licensing@example.com';

export const demoProducts = [
	{
		slug: 'atlas-server',
		title: 'Atlas Server',
		isServer: true,
		contact,
		entitlements: [
			{ code: 'dataflow', title: 'Dataflow' },
			{ code: 'workflow', title: 'Workflow' },
			{ code: 'subflow', title: 'Subflow' }
		]
	},
	{
		slug: 'atlas',
		title: 'Atlas',
		isServer: false,
		contact,
		entitlements: [
			{ code: 'modeling', title: 'Modeling' },
			{ code: 'export', title: 'Export' }
		]
	},
	{
		slug: 'harbor-backup',
		title: 'Harbor Backup',
		isServer: false,
		contact,
		storeUrl: 'https://store.example.com/harbor-backup',
		entitlements: [
			{ code: 'backup', title: 'Backup' },
			{ code: 'remote-management', title: 'Remote management', switch: true, since: '5.2' }
		]
	}
] as const satisfies readonly {
	slug: string;
	title: string;
	isServer: boolean;
	contact: string;
	storeUrl?: string;
	entitlements: Entitlement[];
}[];

export const demoCustomers = ['Example GmbH', 'Sample Works Ltd'] as const;

export const demoUsers = [
	{ email: 'staff@example.com', name: 'Stella Staff', role: 'staff', customer: undefined },
	{ email: 'demo@example.com', name: 'Max Manager', role: 'manager', customer: 'Example GmbH' },
	{
		email: 'tech@example.com',
		name: 'Tina Technician',
		role: 'technician',
		customer: 'Example GmbH'
	},
	{ email: 'admin@example.com', name: 'Ada Admin', role: 'admin', customer: undefined },
	{ email: 'owner@example.com', name: 'Olga Owner', role: 'owner', customer: 'Example GmbH' },
	{ email: 'viewer@example.com', name: 'Vera Viewer', role: 'viewer', customer: 'Example GmbH' }
] as const;

export type DemoLicense = Omit<LicenseOrder, 'customerId'> & {
	customer: (typeof demoCustomers)[number];
	/** Labels of machines that hold a seat. */
	machines: string[];
};

export type DemoRelease = Pick<Release, 'product' | 'version' | 'releasedAt' | 'notes'> & {
	platforms: readonly Platform[];
};

/** Two that usual licenses may run, one of a later maintenance, one of another major. */
export function demoReleases(now: Seconds): DemoRelease[] {
	const everywhere = platforms.filter((platform) => platform !== 'any');
	const day = (ago: number) => (Math.floor(now / DAY_SECONDS) - ago) * DAY_SECONDS;
	const server = { product: 'atlas-server', platforms: ['linux-x64', 'windows-x64'] } as const;
	const atlas = { product: 'atlas', platforms: everywhere };
	return [
		{ ...server, version: '8.1', releasedAt: day(200), notes: 'Workflows start at a time of day.' },
		{ ...server, version: '8.2', releasedAt: day(40), notes: 'Dataflows run side by side.' },
		{ ...server, version: '10.0', releasedAt: day(5), notes: 'A new editor for workflows.' },
		{
			...atlas,
			version: '9.3',
			releasedAt: day(20),
			notes: 'Export to SVG.\nFaster with large models.'
		}
	];
}

/** Machine and server licenses: usual, nearly full, expired, maintenance lapsed, for old versions. */
export function demoLicenses(now: Seconds): DemoLicense[] {
	const usual = {
		customer: 'Example GmbH',
		edition: 'Professional',
		versions: { from: 8, to: 9 },
		virtualMachines: true,
		givenFingerprints: true,
		matches: 2,
		graceMinutes: 15,
		machines: []
	} as const;
	const server = { ...usual, product: 'atlas-server', entitlements: ['dataflow', 'workflow'] };
	const atlas = { ...usual, product: 'atlas', entitlements: ['modeling', 'export'] };
	const backup = {
		...usual,
		product: 'harbor-backup',
		entitlements: ['backup', 'remote-management']
	};
	const maintainedUntil = now + 300 * DAY_SECONDS;
	return [
		{ ...server, seats: 2, clients: 10, maintainedUntil, machines: [] },
		{ ...atlas, seats: 25, maintainedUntil, machines: ['drawing-01', 'drawing-02', 'drawing-03'] },
		{
			...backup,
			seats: 5,
			expiresAt: now + 90 * DAY_SECONDS,
			machines: ['vault-a', 'vault-b', 'vault-c', 'vault-d']
		},
		{ ...atlas, seats: 3, expiresAt: now - 30 * DAY_SECONDS, machines: [] },
		{ ...server, seats: 1, clients: 5, maintainedUntil: now - 120 * DAY_SECONDS, machines: [] },
		{
			...atlas,
			customer: 'Sample Works Ltd',
			edition: 'Standard',
			seats: 10,
			versions: { from: 6, to: 7 },
			machines: ['studio-7']
		}
	];
}
