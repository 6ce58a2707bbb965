/**
 * The one license that somebody means.
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { directory } from '#server/db/schema/catalog.ts';
import { may, type Asker, type Hub } from '#server/hub/hub.ts';

/** A license by id, where the asker may see it; else the answer of an unknown one. [RE2] */
export async function findLicenseById(
	hub: Hub,
	licenseId: string,
	asker: Asker
): Promise<{ customerId: string; licenseId: string } | Refusal<'NOT_FOUND'>> {
	const [found] = await hub.db.select().from(directory).where(eq(directory.key, licenseId));
	return found?.licenseId === licenseId && may(asker, 'customer.read', found.customerId)
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
	return found && may(asker, 'customer.read', found.customerId)
		? found
		: refuse('LICENSE_NOT_FOUND', { number });
}
