/**
 * Keys of the vectors. For tests only: their private halves follow from the names below, so that
 * anybody can make every vector again, byte for byte.
 *
 * @module
 */
import { createHash, createPrivateKey, sign, type KeyObject } from 'node:crypto';
import type { PublicJwk } from '#lib/formats/tokens.ts';
import { thumbprint, type PrivateJwk } from '#lib/signing/keys.ts';

// An Ed25519 private key in DER is this prefix and the 32 bytes of the seed. RFC 8410 section 7
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

export type TestKey = { kid: string; jwk: PublicJwk; private: PrivateJwk; key: KeyObject };

async function testKey(name: string): Promise<TestKey> {
	const seed = createHash('sha256').update(`keyferry test vectors, never to be trusted: ${name}`);
	const der = Buffer.concat([PKCS8, seed.digest()]);
	const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
	const { x, d } = key.export({ format: 'jwk' }) as { x: string; d: string };
	const jwk = { kty: 'OKP', crv: 'Ed25519', x } as const;
	return { kid: await thumbprint(jwk), jwk, private: { ...jwk, d }, key };
}

export const keys = {
	root: await testKey('root'),
	nextRoot: await testKey('next root'),
	strangeRoot: await testKey('a root that nobody pinned'),
	hub: await testKey('hub'),
	formerHub: await testKey('former hub key'),
	machine: await testKey('machine'),
	desk: await testKey('desk'),
	otherMachine: await testKey('other machine')
};

export function signBytes(text: string, { key }: TestKey): Uint8Array {
	return new Uint8Array(sign(null, Buffer.from(text), key));
}
