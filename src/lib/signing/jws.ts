/**
 * Signing and verifying one token.
 *
 * @see RFC 7515, RFC 8037 section 3.1
 * @module
 */
import { refuse, type Refusal } from '../domain/refusal.ts';
import { encodeBase64url } from '../formats/base64url.ts';
import { signingInput, type DecodedToken } from '../formats/jws.ts';
import { parseClaims, type Claims, type TokenType } from '../formats/tokens.ts';
import type { Signer, VerifyKey } from './keys.ts';

/** A token whose signature and claims have been checked. Only {@link verifyToken} makes one. */
export type VerifiedToken<T extends TokenType = TokenType> = {
	[K in T]: { type: K; text: string; kid: string; claims: Claims[K] };
}[T];

/** @returns The token in compact serialisation. Absent claims (`undefined`) are left out. */
export async function signToken<T extends TokenType>(
	type: T,
	claims: Claims[T],
	signer: Signer
): Promise<string> {
	const payload = new TextEncoder().encode(JSON.stringify(claims));
	const input = signingInput(type, signer.kid, payload);
	const signature = await signer.sign(new TextEncoder().encode(input));
	return `${input}.${encodeBase64url(signature)}`;
}

/** Signature first, schema second. [FI3] The caller has chosen the key, and checks what it may sign. */
export async function verifyToken<T extends TokenType>(
	token: DecodedToken<T>,
	{ kid, verify }: VerifyKey
): Promise<VerifiedToken<T> | Refusal> {
	const { type, text } = token;
	const signed = new TextEncoder().encode(token.signingInput);
	const genuine = token.kid === kid && (await verify(token.signature, signed));
	if (!genuine) return refuse('SIGNATURE_INVALID', { type, kid: token.kid });
	const claims = parseClaims(type, token.payload);
	if ('refused' in claims) return claims;
	// Sound: claims were parsed by the schema of this very type.
	return { type, text, kid, claims } as VerifiedToken<T>;
}
