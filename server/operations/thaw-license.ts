/**
 * Lifting the freeze that a restore put on a license, by the word of staff. [SY6]
 *
 * @module
 */
import { and, eq } from 'drizzle-orm';
import { licenses } from '#server/db/schema.ts';
import { writing } from '#server/db/writing.ts';
import type { Hub } from './hub.ts';

/** What was granted after the backup and has not been brought back by now may be granted again. */
export async function thawLicense(
	hub: Hub,
	{ customerId, licenseId }: { customerId: string; licenseId: string },
	actor: string
): Promise<void> {
	await writing(hub.db, async ({ tx, lockLicenses, raiseRevision, audit }) => {
		const [license] = await lockLicenses(customerId, [licenseId]);
		if (!license || license.frozenAt === null) return;
		const revision = await raiseRevision(customerId);
		await tx
			.update(licenses)
			.set({ frozenAt: null, revision })
			.where(and(eq(licenses.customerId, customerId), eq(licenses.licenseId, licenseId)));
		audit(customerId, {
			at: hub.now(),
			actor,
			action: 'license.thawed',
			subject: licenseId,
			facts: { frozenAt: license.frozenAt }
		});
	});
}
