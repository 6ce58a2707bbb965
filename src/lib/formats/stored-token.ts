/**
 * Tokens that the reader itself has signed, or verified before it stored them: what they say is taken
 * without a second check. Nothing that somebody hands in is read so.
 *
 * @module
 */
import { decodeBase64url } from './base64url.ts';
import type { Claims, TokenType } from './tokens.ts';

/** A stored token with its type. */
export type StoredToken = { [T in TokenType]: { type: T; claims: Claims[T] } }[TokenType];

/** @param text - A token, or a chain of them: then it is its last. */
export function readStored(text: string): StoredToken {
	const [header = '', payload = ''] = text.slice(text.lastIndexOf('~') + 1).split('.', 2);
	const { typ } = parse(header) as { typ: `${TokenType}+jwt` };
	// Sound: it was verified, or made from such claims, before it was stored.
	return { type: typ.slice(0, -'+jwt'.length), claims: parse(payload) } as StoredToken;
}

/** The claims of a stored token that is known to be of this type. */
export function storedClaims<T extends TokenType>(type: T, text: string): Claims[T] {
	const stored = readStored(text);
	if (stored.type !== type) throw new Error(`stored as ${type}, and it is ${stored.type}`);
	// Sound: the types were compared.
	return stored.claims as Claims[T];
}

function parse(segment: string): unknown {
	return JSON.parse(new TextDecoder().decode(decodeBase64url(segment)));
}
