/**
 * Licenses that somebody may see, and who holds the seats of one.
 *
 * @module
 */
import { and, asc, eq, inArray } from 'drizzle-orm';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { ActivationRow, LicenseRow } from '#lib/protocol/rows.ts';
import { customers, directory } from '#server/db/schema/catalog.ts';
import { activations, licenses } from '#server/db/schema/ledger.ts';
import { mayRead, maySeeKeys, type Asker, type Hub } from '#server/hub/hub.ts';
import { activationRow, licenseRow } from '#server/operations/pull/mirror-rows.ts';

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

/** A license by id, where the asker may see it; else the answer of an unknown one. [RE2] */
export async function findLicense(
	hub: Hub,
	licenseId: string,
	asker: Asker
): Promise<{ customerId: string; licenseId: string } | Refusal<'NOT_FOUND'>> {
	const [found] = await hub.db.select().from(directory).where(eq(directory.key, licenseId));
	return found?.licenseId === licenseId && mayRead(asker, found.customerId)
		? found
		: refuse('NOT_FOUND', { what: `license ${licenseId}` });
}

/** A license by number, alike. */
export async function findLicenseByNumber(
	hub: Hub,
	number: string,
	asker: Asker
): Promise<{ customerId: string; licenseId: string } | Refusal<'LICENSE_NOT_FOUND'>> {
	const [found] = await hub.db.select().from(directory).where(eq(directory.key, number));
	return found && mayRead(asker, found.customerId)
		? found
		: refuse('LICENSE_NOT_FOUND', { number });
}

/** Who holds the seats, those that cool included: members and staff only, never in a file. [RE2] */
export async function listSeats(
	hub: Hub,
	{ customerId, licenseId }: { customerId: string; licenseId: string }
): Promise<ActivationRow[]> {
	const rows = await hub.db
		.select()
		.from(activations)
		.where(
			and(
				eq(activations.customerId, customerId),
				eq(activations.licenseId, licenseId),
				inArray(activations.state, ['active', 'cooling'])
			)
		)
		.orderBy(asc(activations.act));
	return rows.map(activationRow);
}
