/**
 * Whether somebody holds a license key, without showing it. [RE2]
 *
 * @module
 */
import { createHash, createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import { proofInput, PROOF_BYTES } from '#lib/signing/request.ts';
import type { Hub } from './hub.ts';

/** What a proof was made for: a request and its machine key, or a word that is no key. */
export type LicenseProof = { jti: string; jkt: string; proof: string };

/** @param license - With its key's `sec`, sealed. */
export function provesLicense(
	{ seal }: Pick<Hub, 'seal'>,
	{ licenseId, sealedSecret }: { licenseId: string; sealedSecret: string },
	{ jti, jkt, proof }: LicenseProof
): boolean {
	const sec = Buffer.from(seal.open(sealedSecret, licenseId), 'base64url');
	// As a key: of bytes Node first finds out that they are none, by an error for each kind of key.
	const mac = createHmac('sha256', createSecretKey(sec)).update(proofInput(jti, jkt)).digest();
	const expected = mac.subarray(0, PROOF_BYTES).toString('base64url');
	return timingSafeEqual(digest(expected), digest(proof));
}

/** Equal lengths, so that comparing them takes the same time whatever was sent. */
function digest(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}
