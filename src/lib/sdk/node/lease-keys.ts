/**
 * The keys by which a client and a site server know each other's words, without a secret that crosses
 * the wire: X25519 (RFC 7748) and HKDF-SHA256 (RFC 5869). Client and site both use this. [LE4, LE5]
 *
 * @module
 */
import {
	createHash,
	createHmac,
	createPrivateKey,
	createPublicKey,
	diffieHellman,
	generateKeyPairSync,
	hkdfSync,
	timingSafeEqual,
	type KeyObject
} from 'node:crypto';

/** Whoever uses a key thousands of times keeps it as an object: a buffer is made one each time. */
export type MacKey = Buffer | KeyObject;

/** An X25519 private key as it is kept, base64url of its 32 bytes and of the public key's. RFC 8037 */
export type DhKey = { x: string; d: string };

export function makeDhKey(): DhKey {
	const { x, d } = generateKeyPairSync('x25519').privateKey.export({ format: 'jwk' });
	return { x: x!, d: d! };
}

export function openDhKey({ x, d }: DhKey): KeyObject {
	return createPrivateKey({ key: { kty: 'OKP', crv: 'X25519', x, d }, format: 'jwk' });
}

/** The id of an installation: bound to its key, so that nobody else has it. [LE3] */
export function clientIdOf(dh: string): string {
	return `key:${createHash('sha256').update(Buffer.from(dh, 'base64url')).digest('base64url')}`;
}

/**
 * What a client and a site share: it proves claims.
 *
 * @param theirs - X25519 public key, base64url.
 * @throws When it is no key, or one of the points for which any private key gives the same. RFC 7748 section 6.1
 */
export function sharedKey(own: KeyObject, theirs: string): Buffer {
	const publicKey = createPublicKey({
		key: { kty: 'OKP', crv: 'X25519', x: theirs },
		format: 'jwk'
	});
	const secret = diffieHellman({ privateKey: own, publicKey });
	if (secret.every((byte) => byte === 0)) throw new Error('an X25519 key of small order');
	return Buffer.from(hkdfSync('sha256', secret, '', 'keyferry client', 32));
}

/**
 * The key of one lease or place in line: renews, releases and watches it. Another claim has another.
 *
 * @param nonce - Of the claim.
 */
export function leaseKey(shared: MacKey, { id, nonce }: { id: string; nonce: string }): Buffer {
	return Buffer.from(hkdfSync('sha256', shared, `${id} ${nonce}`, 'keyferry lease', 32));
}

export function macOf(key: MacKey, text: string): string {
	return createHmac('sha256', key).update(text).digest('base64url');
}

export function isMacOf(key: MacKey, text: string, mac: string): boolean {
	const own = createHmac('sha256', key).update(text).digest();
	const said = Buffer.from(mac, 'base64url');
	return said.length === own.length && timingSafeEqual(own, said);
}
