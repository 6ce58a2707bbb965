/**
 * One token: a JWS in compact serialisation, taken apart strictly before any signature is looked
 * at. [FI2, FI3]
 *
 * @see RFC 7515 section 7.1
 * @module
 */
import { refuse, type Refusal } from '../domain/refusal.ts';
import { decodeBase64url, encodeBase64url } from './base64url.ts';
import { parseStrictJson } from './strict-json.ts';
import { isTokenType, tokenTypes, type TokenType } from './tokens.ts';

export const TOKEN_LENGTH_LIMIT = 8 * 1024;
const SIGNATURE_BYTES = 64;

/** A token that is well formed. Nothing in it is verified. */
export type DecodedToken<T extends TokenType = TokenType> = {
	type: T;
	/** Thumbprint of the key that claims to have signed. */
	kid: string;
	text: string;
	/** What the signature covers: header and payload segments with the dot between. */
	signingInput: string;
	signature: Uint8Array<ArrayBuffer>;
	/** The payload as JSON; its schema is checked after the signature. */
	payload: unknown;
};

/** The one header that a token of this type and signer has. No other is read. [FI2] */
export function tokenHeader(type: TokenType, kid: string): string {
	return `{"alg":"EdDSA","typ":"${type}+jwt","kid":"${kid}"}`;
}

export function signingInput(type: TokenType, kid: string, payload: Uint8Array): string {
	const header = new TextEncoder().encode(tokenHeader(type, kid));
	return `${encodeBase64url(header)}.${encodeBase64url(payload)}`;
}

/**
 * Takes a token apart. Refuses whatever a second parser could read differently, and types that this
 * version does not know: later versions have more. [FI7]
 */
export function decodeToken(
	text: string
): DecodedToken | Refusal<'TOKEN_MALFORMED' | 'TOKEN_TYPE_UNEXPECTED'> {
	const malformed = (reason: string) => refuse('TOKEN_MALFORMED', { reason });
	if (text.length > TOKEN_LENGTH_LIMIT) return malformed('length');
	const segments = text.split('.');
	const [header64, payload64, signature64] = segments;
	if (segments.length !== 3 || !header64 || !payload64 || !signature64)
		return malformed('segments');

	const headerBytes = decodeBase64url(header64);
	const payloadBytes = decodeBase64url(payload64);
	const signature = decodeBase64url(signature64);
	if (!headerBytes || !payloadBytes || !signature) return malformed('base64url');
	if (signature.length !== SIGNATURE_BYTES) return malformed('signature-length');

	const header = decodeUtf8(headerBytes);
	const payloadText = decodeUtf8(payloadBytes);
	if (header === undefined || payloadText === undefined) return malformed('utf-8');

	const [, type = '', kid = ''] =
		/^\{"alg":"EdDSA","typ":"([a-z-]{1,40})\+jwt","kid":"([A-Za-z0-9_-]{43})"\}$/.exec(header) ??
		[];
	if (!kid) return malformed('header');
	if (!isTokenType(type))
		return refuse('TOKEN_TYPE_UNEXPECTED', { expected: [...tokenTypes], found: type });

	const json = parseStrictJson(payloadText);
	if ('fault' in json) return malformed(json.fault);
	const signed = text.slice(0, text.length - signature64.length - 1);
	return { type, kid, text, signingInput: signed, signature, payload: json.value };
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
	try {
		// A byte order mark would be dropped silently, and two texts would read alike.
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch {
		return undefined;
	}
}
