/**
 * License keys: signed for their terms and seats, and sealed with their secret as the hub keeps them.
 *
 * @module
 */
import { randomBytes } from 'node:crypto';
import { termsInOrder, type Terms } from '#lib/domain/licenses/license.ts';
import type { Seconds } from '#lib/domain/time.ts';
import { storedClaims } from '#lib/formats/stored-token.ts';
import type { Claims } from '#lib/formats/tokens.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { signToken } from '#lib/signing/jws.ts';
import type { LicenseRecord } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';
import { answerFile, type SignedToken } from '#server/ledger/held/answer.ts';

/** A key, and what its license's row keeps of it. */
export type LicenseKey = {
	key: SignedToken;
	kept: Pick<LicenseRecord, 'kid' | 'sealedKey' | 'sealedSecret'>;
};

/** A key with a secret of its own: whoever held another one proves nothing by it. [RE2] */
export async function makeLicenseKey(
	hub: Hub,
	{ terms, seats, expiresAt }: { terms: Terms; seats: number; expiresAt?: Seconds | null }
): Promise<LicenseKey> {
	const sec = randomBytes(16).toString('base64url');
	const claims: Claims['license'] = {
		v: 1,
		jti: uuidv7(),
		iat: hub.now(),
		iss: hub.iss,
		...termsInOrder(terms),
		seats,
		exp: expiresAt ?? undefined,
		sec
	};
	const { kid } = hub.signer;
	const token = await signToken('license', claims, hub.signer);
	const sealedKey = hub.seal.seal(token, terms.sub);
	return {
		key: { kid, token },
		kept: { kid, sealedKey, sealedSecret: hub.seal.seal(sec, terms.sub) }
	};
}

/** The key again, as of now. Its `sec` stays, so that proofs made with the old one go on to hold. [RE2] */
export async function signKeyAgain(
	hub: Hub,
	{ licenseId, sealedKey }: Pick<LicenseRecord, 'licenseId' | 'sealedKey'>,
	changed: Partial<Claims['license']> = {}
): Promise<{ key: SignedToken; kept: Pick<LicenseRecord, 'kid' | 'sealedKey'> }> {
	const before = storedClaims('license', hub.seal.open(sealedKey, licenseId));
	const claims = { ...before, jti: uuidv7(), iat: hub.now(), iss: hub.iss, ...changed };
	const { kid } = hub.signer;
	const token = await signToken('license', claims, hub.signer);
	return { key: { kid, token }, kept: { kid, sealedKey: hub.seal.seal(token, licenseId) } };
}

/** The license key as a `.kflic` file. */
export function licenseKeyFile(
	hub: Hub,
	row: Pick<LicenseRecord, 'kid' | 'licenseId' | 'sealedKey'>
): string {
	return answerFile(hub, { kid: row.kid, token: hub.seal.open(row.sealedKey, row.licenseId) });
}
