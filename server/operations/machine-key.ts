/**
 * Machine keys as a hub meets them, each once: checked by Node's own crypto in one call, where Web
 * Crypto would start three jobs. The same keys are refused, and the same signatures hold.
 *
 * @module
 */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { PublicJwk } from '#lib/formats/tokens.ts';
import { canonicalJwk, isWeak, type VerifyKey } from '#lib/signing/keys.ts';

/** Refuses keys of small order wherever a key enters. [FI3] */
export function importMachineKey(jwk: PublicJwk): VerifyKey | Refusal<'KEY_WEAK'> {
	const kid = createHash('sha256').update(canonicalJwk(jwk)).digest('base64url');
	if (isWeak(jwk)) return refuse('KEY_WEAK', { kid });
	try {
		const key = createPublicKey({ key: jwk, format: 'jwk' });
		return { kid, verify: (signature, bytes) => verify(null, bytes, key, signature) };
	} catch {
		return refuse('KEY_WEAK', { kid });
	}
}
