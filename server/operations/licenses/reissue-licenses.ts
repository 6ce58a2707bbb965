/**
 * License keys that a voided hub key had signed are signed again, under the hub's present key. Their
 * secret stays: it never was the hub key's, and what proves itself by it goes on to do so. [FI8, RE2]
 *
 * @module
 */
import { inArray } from 'drizzle-orm';
import { licenses } from '#server/db/schema/ledger.ts';
import { writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';
import { writeLicense } from '#server/ledger/change-license.ts';
import { signKeyAgain } from './license-key.ts';

/** @returns How many were signed again. */
export async function reissueLicenses(hub: Hub): Promise<number> {
	if (hub.voided.length === 0 || hub.signer.ended()) return 0;
	const rows = await hub.db
		.select({ customerId: licenses.customerId, licenseId: licenses.licenseId })
		.from(licenses)
		.where(inArray(licenses.kid, [...hub.voided]));
	for (const [customerId, some] of Map.groupBy(rows, (row) => row.customerId))
		await reissue(
			hub,
			customerId,
			some.map(({ licenseId }) => licenseId)
		);
	return rows.length;
}

async function reissue(hub: Hub, customerId: string, licenseIds: readonly string[]) {
	await writing(hub.db, customerId, async (shell) => {
		const locked = await shell.lockLicenses(licenseIds);
		for (const license of locked) {
			if (!hub.voided.includes(license.kid)) continue;
			const { kept } = await signKeyAgain(hub, license);
			const note = { actor: 'hub', action: 'license.reissued', facts: { kid: kept.kid } } as const;
			await writeLicense(hub, shell, { license, change: { set: kept, note } });
		}
	});
}
