/**
 * Activation requests: signed by the key that the machine itself made. [MA3, RE2]
 *
 * @module
 */
import { isRefusal, refuse, type Refusal } from '../domain/refusal.ts';
import { decodeBase64url, encodeBase64url } from '../formats/base64url.ts';
import type { DecodedToken } from '../formats/jws.ts';
import type { Claims } from '../formats/tokens.ts';
import { verifyToken, type VerifiedToken } from './jws.ts';
import { importPublicJwk, type ImportKey } from './keys.ts';

export type VerifiedRequest = VerifiedToken<'activation-request'> & {
	/** Thumbprint of the machine key. */
	jkt: string;
};

/** A request vouches for itself: the key inside is the key that signed. */
export async function verifyRequest(
	token: DecodedToken,
	importKey: ImportKey = importPublicJwk
): Promise<VerifiedRequest | Refusal> {
	if (token.type !== 'activation-request')
		return refuse('TOKEN_TYPE_UNEXPECTED', { expected: ['activation-request'], found: token.type });
	const request = token as DecodedToken<'activation-request'>;
	const jwk = (request.payload as Partial<Claims['activation-request']> | null)?.cnf?.jwk;
	if (typeof jwk?.x !== 'string')
		return refuse('CLAIMS_INVALID', { type: request.type, path: 'cnf', reason: 'missing' });
	const key = await importKey({ kty: 'OKP', crv: 'Ed25519', x: jwk.x });
	if (isRefusal(key)) return key;
	const verified = await verifyToken(request, key);
	return isRefusal(verified) ? verified : { ...verified, jkt: key.kid };
}

/**
 * Shows that the maker of a request held the license key, without showing the key: HMAC-SHA-256
 * over {@link proofInput}, its first {@link PROOF_BYTES} bytes. [RE2]
 *
 * @param sec - The license key's `sec`, base64url.
 */
export async function proofOf(sec: string, jti: string, jkt: string): Promise<string> {
	const raw = decodeBase64url(sec);
	if (!raw) throw new Error('sec is not base64url');
	const algorithm = { name: 'HMAC', hash: 'SHA-256' };
	const key = await crypto.subtle.importKey('raw', raw, algorithm, false, ['sign']);
	const input = new TextEncoder().encode(proofInput(jti, jkt));
	const mac = await crypto.subtle.sign('HMAC', key, input);
	return encodeBase64url(new Uint8Array(mac, 0, PROOF_BYTES));
}

export const PROOF_BYTES = 16;

/** The request's `jti`, a dot and the machine key's thumbprint. */
export function proofInput(jti: string, jkt: string): string {
	return `${jti}.${jkt}`;
}
