/**
 * Lifting the freeze that a restore put on a license, by the word of staff. [SY6]
 *
 * @module
 */
import { and, eq } from 'drizzle-orm';
import { licenses } from '#server/db/schema/ledger.ts';
import { writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';
import { desksOf, restoreReports } from './restore-reports.ts';
import { reopenLedger } from '#server/ledger/ledger.ts';
import { closeLedger } from '#server/ledger/close.ts';

/** What was granted after the backup and has not been brought back by now may be granted again. */
export async function unfreezeLicense(
	hub: Hub,
	{ customerId, licenseId }: { customerId: string; licenseId: string },
	actor: string
): Promise<void> {
	const desks = desksOf(await restoreReports(hub), customerId);
	const reported = desks.filter(({ reportedAt }) => reportedAt !== undefined).length;
	await writing(hub.db, async (shell) => {
		const { tx, lockLicenses, raiseRevision, audit } = shell;
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
			action: 'license.unfrozen',
			subject: licenseId,
			facts: { frozenAt: license.frozenAt, desks: desks.length, reported }
		});
		const changed = { ...license, frozenAt: null };
		// Requests that wait were not served meanwhile, nor draws signed. [RE1, AL4]
		await closeLedger(shell, reopenLedger(hub, changed));
	});
}
