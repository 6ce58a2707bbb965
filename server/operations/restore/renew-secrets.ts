/**
 * License keys made anew with a new secret, where a restore brought the ledger back and not the
 * secrets that sealed it. Desks and people that still have the old key can bring it: `adopt`. [SY6]
 *
 * @module
 */
import { randomBytes } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { termsInOrder } from '#lib/domain/license.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { signToken } from '#lib/signing/jws.ts';
import { licenses } from '#server/db/schema/ledger.ts';
import { writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';

/** @returns How many license keys were made anew. */
export async function renewSecrets(hub: Hub): Promise<number> {
	const rows = await hub.db
		.select({ customerId: licenses.customerId, licenseId: licenses.licenseId })
		.from(licenses);
	for (const [customerId, some] of Map.groupBy(rows, (row) => row.customerId))
		await writing(hub.db, async ({ tx, lockLicenses, raiseRevision, audit }) => {
			const ids = some.map(({ licenseId }) => licenseId);
			const locked = await lockLicenses(customerId, ids);
			const revision = await raiseRevision(customerId);
			const { kid } = hub.signer;
			const at = hub.now();
			for (const { licenseId, terms, seats, expiresAt } of locked) {
				const sec = randomBytes(16).toString('base64url');
				const exp = expiresAt ?? undefined;
				const token = await signToken(
					'license',
					{ v: 1, jti: uuidv7(), iat: at, iss: hub.iss, ...termsInOrder(terms), seats, exp, sec },
					hub.signer
				);
				await tx
					.update(licenses)
					.set({
						...{ kid, revision, reissued: true },
						sealedKey: hub.seal.seal(token, licenseId),
						sealedSecret: hub.seal.seal(sec, licenseId)
					})
					.where(and(eq(licenses.customerId, customerId), eq(licenses.licenseId, licenseId)));
				audit(customerId, {
					...{ at, actor: 'hub', action: 'license.reissued', subject: licenseId },
					facts: { kid }
				});
			}
		});
	return rows.length;
}
