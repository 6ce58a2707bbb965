/**
 * Machine keys as a hub meets them, each once: checked by Node's own crypto in one call, where Web
 * Crypto would start three jobs. The same keys are refused, and the same signatures hold.
 *
 * @module
 */
import { createPublicKey, verify } from 'node:crypto';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { PublicJwk } from '#lib/formats/tokens.ts';
import { canonicalJwk, isWeak, type VerifyKey } from '#lib/signing/keys.ts';
import { sha256 } from '#server/db/sha256.ts';

/** What comes before the 32 bytes of a public key. RFC 8410 section 10.1 */
const ED25519_SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/** Refuses keys of small order wherever a key enters. [FI3] */
export function importMachineKey(jwk: PublicJwk): VerifyKey | Refusal<'KEY_WEAK'> {
	const kid = sha256(canonicalJwk(jwk));
	if (isWeak(jwk)) return refuse('KEY_WEAK', { kid });
	try {
		// As text: an object costs Node twice the time, while it finds out what kind of key it is.
		const der = Buffer.concat([ED25519_SPKI, Buffer.from(jwk.x, 'base64url')]).toString('base64');
		const key = createPublicKey(`-----BEGIN PUBLIC KEY-----\n${der}\n-----END PUBLIC KEY-----`);
		return { kid, verify: (signature, bytes) => verify(null, bytes, key, signature) };
	} catch {
		return refuse('KEY_WEAK', { kid });
	}
}
