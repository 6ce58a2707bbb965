/**
 * The first product, customer and license of a new hub. Each is looked for before it is made, so that
 * what was interrupted is done once. [SU1]
 *
 * @module
 */
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import type { SetupLicense } from '#lib/protocol/setup.ts';
import { OPERATOR, type Hub } from '#server/hub/hub.ts';
import { addCustomer } from '#server/operations/catalog/add-customer.ts';
import { keepCustomer } from '#server/operations/catalog/keep-customer.ts';
import { addProduct, changeProduct } from '#server/operations/catalog/save-product.ts';
import { issueLicense, type LicenseOrder } from '#server/operations/licenses/issue-license.ts';
import { listLicenses } from '#server/operations/licenses/list-licenses.ts';

export type FirstOrder = {
	product: { slug: string; title: string; contact: string };
	customer: string;
	terms: Pick<LicenseOrder, 'edition' | 'seats' | 'versions' | 'maintainedUntil' | 'expiresAt'>;
};

/** @returns The license that is there already, or the one that was ordered. */
export async function issueFirst(
	hub: Hub,
	{ product, customer, terms }: FirstOrder,
	adminId: string
): Promise<SetupLicense | Refusal> {
	const known = await firstLicense(hub);
	if (known) return known;
	// The next license of it, whoever issues or buys it, begins as this one.
	const { edition, versions } = terms;
	const taken = await addProduct(hub, { ...product, defaults: { edition, versions } }, adminId);
	if (taken) {
		const { title, contact } = product;
		const changed = await changeProduct(hub, { slug: product.slug, title, contact }, adminId);
		if (changed) return changed;
	}
	const added = await addCustomer(hub, { name: customer }, adminId);
	const customerId = isRefusal(added) ? added.facts.id : added.id;
	// So that the admin's desk has something to show at the first sign-in, offline too.
	const kept = await keepCustomer(hub, { customerId, keep: true }, adminId);
	if (kept) return kept;
	const order = {
		...terms,
		customerId,
		product: product.slug,
		entitlements: [],
		virtualMachines: true,
		givenFingerprints: false,
		// As the console and the command line have it.
		matches: 2,
		graceMinutes: 15
	};
	const issued = await issueLicense(hub, order, adminId);
	if (isRefusal(issued)) return issued;
	const { number, key } = issued;
	return { number, key, product: product.title, customer };
}

export async function firstLicense(hub: Hub): Promise<SetupLicense | undefined> {
	const { licenses } = await listLicenses(hub, { limit: 1 }, OPERATOR);
	const [row] = licenses;
	if (!row) return undefined;
	const { number, key = '', title: product, customer } = row;
	return { number, key, product, customer };
}
