/**
 * Lifting the freeze that a restore put on a license, by the word of staff. [SY6]
 *
 * @module
 */
import type { Hub } from '#server/hub/hub.ts';
import { changeLicense } from '#server/ledger/change-license.ts';
import { desksOf, restoreReports } from './restore-reports.ts';

/** What was granted after the backup and has not been brought back by now may be granted again. */
export async function unfreezeLicense(
	hub: Hub,
	{ customerId, licenseId }: { customerId: string; licenseId: string },
	actor: string
): Promise<void> {
	const desks = desksOf(await restoreReports(hub), customerId);
	const reported = desks.filter(({ reportedAt }) => reportedAt !== undefined).length;
	await changeLicense(hub, { customerId, licenseId }, ({ frozenAt }) =>
		frozenAt === null
			? undefined
			: {
					set: { frozenAt: null },
					note: {
						actor,
						action: 'license.unfrozen',
						facts: { frozenAt, desks: desks.length, reported }
					}
				}
	);
}
