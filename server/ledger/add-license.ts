/**
 * A license that begins: none of its seats is in use, and its number and its id lead to it.
 *
 * @module
 */
import { directory } from '#server/db/schema/catalog.ts';
import { licenses } from '#server/db/schema/ledger.ts';
import type { Writing } from '#server/db/writing.ts';

type Counted = 'active' | 'reserved' | 'cooling' | 'waiting' | 'revoked' | 'ceiling' | 'revision';

/** Its own terms and policy; what is absent is as usual. */
export type NewLicense = Omit<typeof licenses.$inferInsert, Counted>;

/** What a trial is on top of its terms: no desk sets seats of it aside. [TR2] */
export function trialTerms(trialDays: number | undefined): Partial<NewLicense> {
	return trialDays === undefined ? {} : { trialDays, deskSeats: 0, offlineShare: 0 };
}

export async function addLicense(
	{ tx, raiseRevision }: Pick<Writing, 'tx' | 'raiseRevision'>,
	license: NewLicense
): Promise<void> {
	const { customerId, licenseId, number, seats } = license;
	// Both keys, the short number and the id, lead to the customer.
	await tx.insert(directory).values([
		{ key: number, customerId, licenseId },
		{ key: licenseId, customerId, licenseId }
	]);
	const revision = await raiseRevision();
	const unused = { active: 0, reserved: 0, cooling: 0, waiting: 0, revoked: 0 };
	await tx.insert(licenses).values({ ...license, ...unused, ceiling: seats, revision });
}
