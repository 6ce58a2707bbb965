/**
 * Real keys and tokens for tests: a root, a hub key, and what a hub and a machine sign.
 *
 * @module
 */
import { createHash } from 'node:crypto';
import type { Terms } from '#lib/domain/license.ts';
import type { Fingerprint } from '#lib/domain/machine.ts';
import { encodeBase64url } from '#lib/formats/base64url.ts';
import type { Claims, PublicJwk } from '#lib/formats/tokens.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { signToken } from '#lib/signing/jws.ts';
import { exportPublicJwk, generateKeyPair, signerOf, type Signer } from '#lib/signing/keys.ts';

export const NOW = 1_800_000_000;
const YEAR = 365 * 86_400;

export type TestKey = { signer: Signer; jwk: PublicJwk };

export async function makeKey(): Promise<TestKey> {
	const pair = await generateKeyPair(true);
	return { signer: await signerOf(pair), jwk: await exportPublicJwk(pair.publicKey) };
}

export const terms: Terms = {
	sub: uuidv7(),
	num: 'KF-7Q2M-90TK-C4X7',
	prd: 'atlas-server',
	title: 'Atlas Server',
	ed: 'enterprise',
	ent: ['dataflow', 'workflow', 'subflow'],
	clients: 25,
	ver: { from: 8, to: 9 },
	mnt: NOW + YEAR,
	org: 'Example GmbH',
	contact: 'licenses@example.com',
	pol: { k: 2, vm: true, given: false, graceMinutes: 15 }
};

const digits = (text: string) =>
	encodeBase64url(new Uint8Array(createHash('sha256').update(text).digest()).slice(0, 16));

/** A fingerprint whose hashes differ by `name`. */
export function fingerprint(name: string): Fingerprint {
	return {
		os: digits(`os-${name}`),
		fs: digits(`fs-${name}`),
		board: digits(`board-${name}`),
		disk: digits(`disk-${name}`),
		mac: [digits(`mac1-${name}`), digits(`mac2-${name}`)]
	};
}

export function activationClaims(
	changes: Partial<Claims['activation']> = {}
): Claims['activation'] {
	return {
		v: 1,
		jti: uuidv7(),
		iat: NOW,
		iss: 'https://hub.example.com',
		...terms,
		act: uuidv7(),
		gen: 1,
		req: uuidv7(),
		name: 'Site Admin',
		label: 'rack-07',
		fp: fingerprint('rack-07'),
		k: 2,
		nbf: NOW,
		cnf: { jkt: 'j'.repeat(43) },
		...changes
	};
}

export function requestClaims(
	machine: TestKey,
	changes: Partial<Claims['activation-request']> = {}
): Claims['activation-request'] {
	return {
		v: 1,
		jti: uuidv7(),
		iat: NOW,
		num: terms.num,
		fp: fingerprint('rack-07'),
		vm: false,
		os: 'linux 6.1',
		pv: '8.2',
		name: 'Site Admin',
		org: 'Example GmbH',
		label: 'rack-07',
		cnf: { jwk: machine.jwk },
		...changes
	};
}

/** A hub: its root, its key, and the token that binds them. */
export async function makeHub(changes: Partial<Claims['hub-key']> = {}) {
	const [root, hub] = [await makeKey(), await makeKey()];
	const claims: Claims['hub-key'] = {
		v: 1,
		jti: uuidv7(),
		iat: NOW - YEAR,
		nbf: NOW - YEAR,
		exp: NOW + YEAR,
		cnf: { jwk: hub.jwk },
		use: ['license', 'activation', 'refusal', 'revocation'],
		...changes
	};
	return { root, hub, hubKey: await signToken('hub-key', claims, root.signer) };
}
