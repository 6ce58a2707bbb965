/**
 * Ed25519 keys: who signs, and what a public key is called.
 *
 * @see RFC 8032 (Ed25519), RFC 8037 (its JWK), RFC 7638 (thumbprints)
 * @module
 */
import { refuse, type Refusal } from '../domain/refusal.ts';
import { decodeBase64url } from '../formats/base64url.ts';
import { hasEd25519 } from './ed25519.ts';
import type { PublicJwk } from '../formats/tokens.ts';
import { textHash } from './text-hash.ts';

/** Something that signs under one key. A hub signs with Node's crypto, everybody else with Web Crypto. */
export type Signer = {
	/** Thumbprint of the public key. */
	kid: string;
	sign: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array | Promise<Uint8Array>;
	/** The same by another thread, where there is a way: one takes longer so, many at once do not. */
	signAside?: (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>;
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
export function thumbprint(jwk: PublicJwk): Promise<string> {
	return textHash(canonicalJwk(jwk));
}

/** What a thumbprint is taken of. */
export function canonicalJwk({ crv, kty, x }: PublicJwk): string {
	return `{"crv":"${crv}","kty":"${kty}","x":"${x}"}`;
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

/** Somebody whose signatures can be checked: a public key that is not weak. */
export type VerifyKey = {
	/** Thumbprint of the public key. */
	kid: string;
	verify: (
		signature: Uint8Array<ArrayBuffer>,
		bytes: Uint8Array<ArrayBuffer>
	) => boolean | Promise<boolean>;
};

/** Makes a key out of what a token says. A hub has one of its own, which is faster. */
export type ImportKey = (
	jwk: PublicJwk
) => VerifyKey | KeyRefusal | Promise<VerifyKey | KeyRefusal>;

/** No point of the curve, or nothing here that could tell. */
type KeyRefusal = Refusal<'KEY_WEAK' | 'ED25519_MISSING'>;

// The few keys of roots and hubs are met in every file; a flood of others only empties the map.
const imported = new Map<string, VerifyKey>();
const CACHE_LIMIT = 256;

/** Refuses keys of small order wherever a key enters. [FI3] */
export async function importPublicJwk(jwk: PublicJwk): Promise<VerifyKey | KeyRefusal> {
	const cached = imported.get(jwk.x);
	if (cached) return cached;
	const kid = await thumbprint(jwk);
	if (isWeak(jwk)) return refuse('KEY_WEAK', { kid });
	try {
		const { kty, crv, x } = jwk;
		const key = await crypto.subtle.importKey('jwk', { kty, crv, x }, 'Ed25519', true, ['verify']);
		const made: VerifyKey = {
			kid,
			verify: (signature, bytes) => crypto.subtle.verify('Ed25519', key, signature, bytes)
		};
		if (imported.size >= CACHE_LIMIT) imported.clear();
		imported.set(jwk.x, made);
		return made;
	} catch {
		// An old browser refuses every key alike. [FI9]
		return (await hasEd25519()) ? refuse('KEY_WEAK', { kid }) : refuse('ED25519_MISSING', {});
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

/** Their first bytes, which tell nearly every other key at once. */
const SMALL_ORDER_BEGINS = new Set(
	Array.from(SMALL_ORDER, (hex) => Number.parseInt(hex.slice(0, 2), 16))
);

/** Not a point, or one of small order. */
export function isWeak({ x }: PublicJwk): boolean {
	const point = decodeBase64url(x);
	return point?.length !== 32 || hasSmallOrder(point);
}

export function hasSmallOrder(publicKey: Uint8Array): boolean {
	if (!SMALL_ORDER_BEGINS.has(publicKey[0]!)) return false;
	const y = publicKey.slice();
	y[31]! &= 0x7f;
	return SMALL_ORDER.has(Array.from(y, (byte) => byte.toString(16).padStart(2, '0')).join(''));
}
