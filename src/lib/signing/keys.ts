/**
 * Ed25519 keys: who signs, and what a public key is called.
 *
 * @see RFC 8032 (Ed25519), RFC 8037 (its JWK), RFC 7638 (thumbprints)
 * @module
 */
import { refuse, type Refusal } from '../domain/refusal.ts';
import { decodeBase64url, encodeBase64url } from '../formats/base64url.ts';
import type { PublicJwk } from '../formats/tokens.ts';

/** Something that signs under one key. A hub signs with Node's crypto, everybody else with Web Crypto. */
export type Signer = {
	/** Thumbprint of the public key. */
	kid: string;
	sign: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array | Promise<Uint8Array>;
};

/** A private key as JSON, for files. The desk keeps `CryptoKey`s instead. */
export type PrivateJwk = PublicJwk & { d: string };

export async function generateKeyPair(extractable: boolean): Promise<CryptoKeyPair> {
	return await crypto.subtle.generateKey('Ed25519', extractable, ['sign', 'verify']);
}

export async function exportPublicJwk(key: CryptoKey): Promise<PublicJwk> {
	const { x } = await crypto.subtle.exportKey('jwk', key);
	return { kty: 'OKP', crv: 'Ed25519', x: x! };
}

export async function exportPrivateJwk(key: CryptoKey): Promise<PrivateJwk> {
	const { x, d } = await crypto.subtle.exportKey('jwk', key);
	return { kty: 'OKP', crv: 'Ed25519', x: x!, d: d! };
}

/** SHA-256 over the required members in lexical order. RFC 7638 section 3 */
export async function thumbprint(jwk: PublicJwk): Promise<string> {
	const canonical = `{"crv":"${jwk.crv}","kty":"${jwk.kty}","x":"${jwk.x}"}`;
	const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonical));
	return encodeBase64url(new Uint8Array(digest));
}

export async function signerOf(pair: CryptoKeyPair): Promise<Signer> {
	const kid = await thumbprint(await exportPublicJwk(pair.publicKey));
	return {
		kid,
		sign: async (bytes) =>
			new Uint8Array(await crypto.subtle.sign('Ed25519', pair.privateKey, bytes))
	};
}

export async function importPrivateJwk(jwk: PrivateJwk): Promise<Signer> {
	const { kty, crv, x, d } = jwk;
	const key = await crypto.subtle.importKey('jwk', { kty, crv, x, d }, 'Ed25519', false, ['sign']);
	return {
		kid: await thumbprint(jwk),
		sign: async (bytes) => new Uint8Array(await crypto.subtle.sign('Ed25519', key, bytes))
	};
}

/** A public key that has been checked, and its thumbprint. */
export type VerifyKey = { kid: string; key: CryptoKey };

// The few keys of roots and hubs are met in every file; a flood of others only empties the map.
const imported = new Map<string, VerifyKey>();
const CACHE_LIMIT = 256;

/** Refuses keys of small order wherever a key enters. [FI3] */
export async function importPublicJwk(jwk: PublicJwk): Promise<VerifyKey | Refusal<'KEY_WEAK'>> {
	const cached = imported.get(jwk.x);
	if (cached) return cached;
	const kid = await thumbprint(jwk);
	const point = decodeBase64url(jwk.x);
	if (point?.length !== 32 || hasSmallOrder(point)) return refuse('KEY_WEAK', { kid });
	try {
		const { kty, crv, x } = jwk;
		const key = await crypto.subtle.importKey('jwk', { kty, crv, x }, 'Ed25519', true, ['verify']);
		if (imported.size >= CACHE_LIMIT) imported.clear();
		imported.set(jwk.x, { kid, key });
		return { kid, key };
	} catch {
		return refuse('KEY_WEAK', { kid });
	}
}

// The y coordinates of the eight points of small order, little-endian hex, with both encodings
// above the field's prime that fold onto two of them. A signature under such a key can verify for
// any message. The sign bit of x does not matter. Chalkias, Garillot, Nikolaenko: Taming the many
// EdDSAs (2020), table 1.
const SMALL_ORDER = new Set([
	'0000000000000000000000000000000000000000000000000000000000000000',
	'0100000000000000000000000000000000000000000000000000000000000000',
	'26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
	'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
	'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
	'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
	'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'
]);

export function hasSmallOrder(publicKey: Uint8Array): boolean {
	const y = publicKey.slice();
	y[31]! &= 0x7f;
	return SMALL_ORDER.has(Array.from(y, (byte) => byte.toString(16).padStart(2, '0')).join(''));
}
