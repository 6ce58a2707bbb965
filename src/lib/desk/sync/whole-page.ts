/**
 * Pages of a pull as they came, put together where they were told by what rows have in common. One that cannot be
 * is no answer of a hub: it is refused before anything is stored, and asked for again. [SY5]
 *
 * @module
 */
import { rowsOf, type Alike } from '#lib/protocol/alike.ts';
import type { PullPage } from '#lib/protocol/pull.ts';
import type { ActivationRow, LicenseRow } from '#lib/protocol/rows.ts';
import { HubFault } from '#lib/desk/hub/hub.ts';

/** Twenty times as many as a hub puts into a page. */
const ROW_LIMIT = 100_000;

type Kind = 'string' | 'number' | 'boolean' | 'object';
type RequiredName<R> = { [N in keyof R]-?: undefined extends R[N] ? never : N }[keyof R];
/** What every row of a table has. */
type Columns<R> = Record<RequiredName<R>, Kind>;

const licenseColumns: Columns<LicenseRow> = {
	id: 'string',
	customerId: 'string',
	customer: 'string',
	number: 'string',
	product: 'string',
	title: 'string',
	edition: 'string',
	entitlements: 'object',
	seats: 'number',
	counts: 'object',
	versions: 'object',
	virtualMachines: 'boolean',
	givenFingerprints: 'boolean',
	deskSeats: 'number',
	allotmentDays: 'number',
	contact: 'string',
	revision: 'number'
};

const activationColumns: Columns<ActivationRow> = {
	id: 'string',
	customerId: 'string',
	licenseId: 'string',
	name: 'string',
	generation: 'number',
	state: 'string',
	grantedAt: 'number',
	request: 'string',
	revision: 'number'
};

/** @throws HubFault where rows lack something, come twice, or are of nobody whom the cursor names. */
export function wholePage(page: PullPage): PullPage {
	const { alike, cursor } = page;
	const licenses = alike ? together(alike.licenses) : page.licenses;
	const activations = alike ? together(alike.activations) : page.activations;
	requireRows(licenses, licenseColumns, cursor.customers);
	requireRows(activations, activationColumns, cursor.customers);
	return { ...page, licenses, activations };
}

function together<R extends object>(told: readonly Alike<R>[]): R[] {
	must(Array.isArray(told) && told.every(isAlike), 'rows that are not told as rows');
	// Told in two signs, a row takes a hundred times as much once it is put together.
	const count = told.reduce((sum, { rows }) => sum + rows.length, 0);
	must(count <= ROW_LIMIT, 'more rows than a page has');
	return told.flatMap((some) => rowsOf(some));
}

function isAlike({ like, rows }: Alike<object>): boolean {
	return isRecord(like) && Array.isArray(rows) && rows.every(isRecord);
}

function requireRows<R extends { id: string; customerId: string }>(
	rows: readonly R[],
	columns: Columns<R>,
	customers: Readonly<Record<string, unknown>>
): void {
	must(Array.isArray(rows), 'no rows');
	const kinds = Object.entries(columns) as [keyof R, Kind][];
	const ids = new Set<string>();
	for (const row of rows) {
		must(
			kinds.every(([name, kind]) => typeof row[name] === kind && row[name] !== null),
			'rows that are not whole'
		);
		must(Object.hasOwn(customers, row.customerId), 'rows of customers that it does not name');
		ids.add(row.id);
	}
	must(ids.size === rows.length, 'rows that come twice');
}

export function isRecord(value: unknown): boolean {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @throws HubFault */
export function must(isSo: boolean, otherwise: string): void {
	if (!isSo) throw new HubFault(`the hub sent ${otherwise}`);
}
