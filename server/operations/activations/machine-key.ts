/**
 * Machine keys as a hub meets them, each once: imported and checked by Node's own crypto in one call and
 * one job of another thread, where Web Crypto would start three. The same keys are refused, and the same
 * signatures hold.
 *
 * @module
 */
import { verify } from 'node:crypto';
import { promisify } from 'node:util';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { PublicJwk } from '#lib/formats/tokens.ts';
import { canonicalJwk, isWeak, type VerifyKey } from '#lib/signing/keys.ts';
import { sha256 } from '#server/db/sha256.ts';

type Check = (
	algorithm: null,
	bytes: Uint8Array,
	pem: string,
	signature: Uint8Array
) => boolean | Promise<boolean>;

/** The thread that serves everybody gives 8 µs to it, and not 100. */
const verifyAside: Check = promisify(verify);

/** What comes before the 32 bytes of a public key. RFC 8410 section 10.1 */
const ED25519_SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/**
 * Refuses keys of small order wherever a key enters. [FI3]
 *
 * @param isAlone - Nobody else waits: then it is checked sooner than another thread is woken.
 */
export function importMachineKey(
	jwk: PublicJwk,
	{ isAlone = false }: { isAlone?: boolean } = {}
): VerifyKey | Refusal<'KEY_WEAK'> {
	const kid = sha256(canonicalJwk(jwk));
	if (isWeak(jwk)) return refuse('KEY_WEAK', { kid });
	const der = Buffer.concat([ED25519_SPKI, Buffer.from(jwk.x, 'base64url')]).toString('base64');
	// As text, which is read with the check itself: any 32 bytes are a key to Node, and an object costs it
	// twice the time, while it finds out what kind of key that is.
	const pem = `-----BEGIN PUBLIC KEY-----\n${der}\n-----END PUBLIC KEY-----`;
	const check: Check = isAlone ? verify : verifyAside;
	return { kid, verify: async (signature, bytes) => check(null, bytes, pem, signature) };
}
