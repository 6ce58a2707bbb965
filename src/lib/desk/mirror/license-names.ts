/**
 * What licenses are called, by their number: of those that the server shows here, and of those whose key
 * lies on this desk.
 *
 * @module
 */
import { strict } from '#lib/desk/store/database.ts';
import { mirroredLicenses } from './mirrored.ts';

export type LicenseName = {
	/** The product, where it is known. */
	title?: string;
	/** The organization that the license belongs to, where it is known. */
	customer?: string;
};

/** Names of the licenses that are known here; the others are left out. */
export async function readLicenseNames(
	numbers: readonly string[]
): Promise<Map<string, LicenseName>> {
	const asked = [...new Set(numbers)];
	const [keys, licenses] = await Promise.all([
		strict.keys.where('number').anyOf(asked).toArray(),
		mirroredLicenses.with('licenses.number', asked)
	]);
	const names = new Map<string, LicenseName>();
	for (const { number, summary } of keys)
		names.set(number, { title: summary.product, customer: summary.organization });
	for (const { number, title, customer } of licenses) names.set(number, { title, customer });
	return names;
}
