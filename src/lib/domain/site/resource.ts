/**
 * Resources: the databases and other named things that a site server guards, each of a customer and a
 * license. [RS2]
 *
 * @module
 */
import type { Cells } from '../licenses/imported-rows.ts';
import { isBlank } from '../typed-name.ts';

export type NewResource = {
	name: string;
	/** Such as `database`: what people call things like it. */
	kind: string;
	product: string;
	customer: string;
	/** Number of the license that it is opened under. */
	license: string;
	/** Clients in it at once, where fewer than the license allows. */
	limit?: number;
};

/** A license that is active on this server. */
export type LicenseHere = { number: string; product: string; customer: string };

export const resourceColumns = {
	needed: ['name'],
	optional: ['kind', 'product', 'customer', 'license', 'limit']
} as const;

export type ResourceFault =
	| 'missing'
	| 'blank'
	| 'too-long'
	| 'control-character'
	| 'not-a-whole-number'
	| 'below-one'
	| 'too-large'
	| 'not-active-here'
	/** Several licenses are meant: a number tells which. */
	| 'several-licenses'
	| 'twice-in-the-file'
	/** The product has a resource of that name under another license. */
	| 'name-taken';

export type ResourceProblem = {
	column: string;
	fault: ResourceFault;
	value: string;
};

const LONGEST = 200;
const MOST = 1_000_000;

/**
 * One row of a list: the license is the one that it names, else the only one of its customer and product,
 * else the one that was chosen for all.
 *
 * @param chosen - Number of that license.
 */
export function judgeResource(
	cells: Cells,
	{ licenses, chosen }: { licenses: readonly LicenseHere[]; chosen?: string }
): NewResource | ResourceProblem[] {
	const problems: ResourceProblem[] = [];
	const wrong = (column: string, fault: ResourceFault) => {
		problems.push({ column, fault, value: (cells[column] ?? '').slice(0, LONGEST) });
	};
	for (const column of ['name', 'kind', 'product', 'customer', 'license']) {
		const fault = textFault(cells[column] ?? '');
		if (fault) wrong(column, fault);
	}
	const name = (cells['name'] ?? '').trim();
	if (name === '') wrong('name', 'missing');
	else if (isBlank(name)) wrong('name', 'blank');

	const limit = limitOf(cells['limit'] ?? '');
	if (typeof limit === 'string') wrong('limit', limit);

	const found = licenseOf(cells, { licenses, chosen });
	if ('fault' in found) wrong(found.column, found.fault);
	if (problems.length > 0 || 'fault' in found || typeof limit === 'string') return problems;
	const { number: license, product, customer } = found;
	const kind = (cells['kind'] ?? '').trim() || 'database';
	return { name, kind, product, customer, license, ...(limit !== undefined && { limit }) };
}

function textFault(text: string): ResourceFault | undefined {
	if (text.length > LONGEST) return 'too-long';
	return /[\p{Cc}\p{Cs}]/u.test(text) ? 'control-character' : undefined;
}

function limitOf(text: string): number | undefined | ResourceFault {
	if (text.trim() === '') return undefined;
	if (!/^-?\d{1,15}$/.test(text.trim())) return 'not-a-whole-number';
	const limit = Number(text);
	if (limit < 1) return 'below-one';
	return limit > MOST ? 'too-large' : limit;
}

function licenseOf(
	cells: Cells,
	{ licenses, chosen }: { licenses: readonly LicenseHere[]; chosen?: string }
): LicenseHere | { column: string; fault: ResourceFault } {
	const [product, customer, number] = ['product', 'customer', 'license'].map((column) =>
		(cells[column] ?? '').trim()
	);
	const fits = licenses.filter(
		(license) =>
			(!product || license.product === product) &&
			(!customer || license.customer.toLowerCase() === customer.toLowerCase())
	);
	const wanted = number || (product || customer ? undefined : chosen);
	const column = number ? 'license' : customer ? 'customer' : product ? 'product' : 'license';
	if (!wanted) {
		const [only, second] = fits;
		if (only && !second) return only;
		const preferred = fits.find((license) => license.number === chosen);
		return preferred ?? { column, fault: only ? 'several-licenses' : 'not-active-here' };
	}
	return fits.find((license) => license.number === wanted) ?? { column, fault: 'not-active-here' };
}
