/**
 * License keys that a voided hub key had signed are signed again, under the hub's present key. Their
 * secret stays: it never was the hub key's, and what proves itself by it goes on to do so. [FI8, RE2]
 *
 * @module
 */
import { and, eq, inArray } from 'drizzle-orm';
import { storedClaims } from '#lib/formats/stored-token.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { signToken } from '#lib/signing/jws.ts';
import { licenses } from '#server/db/schema/ledger.ts';
import { writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';

/** @returns How many were signed again. */
export async function reissueLicenses(hub: Hub): Promise<number> {
	if (hub.voided.length === 0) return 0;
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
	await writing(hub.db, async ({ tx, lockLicenses, raiseRevision, audit }) => {
		const locked = await lockLicenses(customerId, licenseIds);
		const voided = locked.filter(({ kid }) => hub.voided.includes(kid));
		if (voided.length === 0) return;
		const revision = await raiseRevision(customerId);
		const { kid } = hub.signer;
		for (const { licenseId, sealedKey } of voided) {
			const claims = storedClaims('license', hub.seal.open(sealedKey, licenseId));
			const token = await signToken(
				'license',
				{ ...claims, jti: uuidv7(), iat: hub.now(), iss: hub.iss },
				hub.signer
			);
			await tx
				.update(licenses)
				.set({ sealedKey: hub.seal.seal(token, licenseId), kid, revision })
				.where(and(eq(licenses.customerId, customerId), eq(licenses.licenseId, licenseId)));
			audit(customerId, {
				at: hub.now(),
				actor: 'hub',
				action: 'license.reissued',
				subject: licenseId,
				facts: { kid }
			});
		}
	});
}
