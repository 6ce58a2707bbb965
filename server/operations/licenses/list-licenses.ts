/**
 * Licenses that somebody may see.
 *
 * @module
 */
import { asc, eq, inArray } from 'drizzle-orm';
import type { LicenseRow } from '#lib/protocol/rows.ts';
import { customers } from '#server/db/schema/catalog.ts';
import { licenses } from '#server/db/schema/ledger.ts';
import { maySeeKeys, type Asker, type Hub } from '#server/hub/hub.ts';
import { licenseRow } from './license-row.ts';

/** In the order in which they were issued. */
export async function listLicenses(hub: Hub, asker: Asker): Promise<LicenseRow[]> {
	const own = [...asker.roles.keys()];
	if (!asker.staff && own.length === 0) return [];
	const rows = await hub.db
		.select({ license: licenses, customer: customers.name })
		.from(licenses)
		.innerJoin(customers, eq(customers.customerId, licenses.customerId))
		.where(asker.staff ? undefined : inArray(licenses.customerId, own))
		.orderBy(asc(licenses.licenseId));
	return rows.map(({ license, customer }) =>
		licenseRow(hub, license, { customer, withKey: maySeeKeys(asker, license.customerId) })
	);
}
