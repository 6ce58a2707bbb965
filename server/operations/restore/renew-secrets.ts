/**
 * License keys made anew with a new secret, where a restore brought the ledger back and not the
 * secrets that sealed it. Desks and people that still have the old key can bring it: `adopt`. [SY6]
 *
 * @module
 */
import { licenses } from '#server/db/schema/ledger.ts';
import { writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';
import { writeLicense } from '#server/ledger/change-license.ts';
import { makeLicenseKey } from '#server/operations/licenses/license-key.ts';

/** @returns How many license keys were made anew. */
export async function renewSecrets(hub: Hub): Promise<number> {
	const rows = await hub.db
		.select({ customerId: licenses.customerId, licenseId: licenses.licenseId })
		.from(licenses);
	for (const [customerId, some] of Map.groupBy(rows, (row) => row.customerId))
		await writing(hub.db, customerId, async (shell) => {
			const ids = some.map(({ licenseId }) => licenseId);
			for (const license of await shell.lockLicenses(ids)) {
				const { kept } = await makeLicenseKey(hub, license);
				const note = {
					actor: 'hub',
					action: 'license.reissued',
					facts: { kid: kept.kid }
				} as const;
				const set = { ...kept, reissued: true };
				await writeLicense(hub, shell, { license, change: { set, note } });
			}
		});
	return rows.length;
}
