import { ed25519 } from '@noble/curves/ed25519.js';
import { compactVerify, importJWK, calculateJwkThumbprint } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import {
	activationClaims,
	makeHub,
	makeKey,
	NOW,
	requestClaims
} from '../../../tests/fixtures/chain.ts';
import { isRefusal, refuse } from '../domain/refusal.ts';
import { encodeBase64url } from '../formats/base64url.ts';
import { readFile, type TokenFile } from '../formats/file.ts';
import { decodeToken, type DecodedToken } from '../formats/jws.ts';
import type { Claims } from '../formats/tokens.ts';
import { uuidv7 } from '../formats/uuid.ts';
import { verifyFile } from './chain.ts';
import { signToken } from './jws.ts';
import { hasSmallOrder, importPublicJwk, thumbprint } from './keys.ts';
import { proofOf, verifyRequest } from './request.ts';

type Hub = Awaited<ReturnType<typeof makeHub>>;
let hub: Hub;
let activation: string;

beforeAll(async () => {
	hub = await makeHub();
	activation = await signToken('activation', activationClaims(), hub.hub.signer);
});

const read = (...tokens: string[]): TokenFile => {
	const file = readFile(tokens.join('~'));
	if (isRefusal(file)) throw new Error(JSON.stringify(file));
	return file;
};
const decoded = (text: string) => decodeToken(text) as DecodedToken;
const verify = (tokens: string[], more: Partial<Parameters<typeof verifyFile>[1]> = {}) =>
	verifyFile(read(...tokens), { roots: [hub.root.jwk], ...more });
const codeOf = (result: unknown) => (isRefusal(result) ? result.refused : 'verified');
const base = (iat = NOW) => ({ v: 1, jti: uuidv7(), iat });

describe('a chain from a pinned root', () => {
	test('[FI5] an activation below its hub key verifies', async () => {
		const verified = await verify([hub.hubKey, activation]);
		expect(verified).toMatchObject({
			body: { type: 'activation', text: activation, claims: { label: 'rack-07' } },
			learned: { trustedAt: NOW }
		});
	});

	test('[FI2] our tokens are plain JWS: jose verifies them', async () => {
		const key = await importJWK(hub.hub.jwk, 'EdDSA');
		const { protectedHeader, payload } = await compactVerify(activation, key);
		expect(protectedHeader).toEqual({
			alg: 'EdDSA',
			typ: 'activation+jwt',
			kid: await calculateJwkThumbprint(hub.hub.jwk)
		});
		expect(JSON.parse(new TextDecoder().decode(payload))).toMatchObject({ gen: 1 });
		expect(await thumbprint(hub.hub.jwk)).toBe(await calculateJwkThumbprint(hub.hub.jwk));
	});

	test('[FI5] a root that is not pinned is not believed', async () => {
		const other = await makeKey();
		expect(await verify([hub.hubKey, activation], { roots: [other.jwk] })).toEqual(
			refuse('KEY_UNKNOWN', { kid: hub.root.signer.kid })
		);
	});

	test('[FI5] a bare token is completed from hub keys met before, else the missing key is named', async () => {
		const { kid } = hub.hub.signer;
		expect(await verify([activation])).toEqual(refuse('CHAIN_INCOMPLETE', { kid }));
		const hubKeys = [decoded(hub.hubKey) as DecodedToken<'hub-key'>];
		expect(codeOf(await verify([activation], { hubKeys }))).toBe('verified');
	});

	test.for([
		[NOW - 1, 'HUB_KEY_NOT_VALID'],
		[NOW, 'verified'],
		[NOW + 99, 'verified'],
		[NOW + 100, 'HUB_KEY_NOT_VALID']
	] as const)('[FI5] signed at %d under a key valid from %s', async ([iat, outcome]) => {
		const ended = await makeHub({ nbf: NOW, exp: NOW + 100 });
		const token = await signToken('activation', activationClaims({ iat }), ended.hub.signer);
		const result = await verifyFile(read(ended.hubKey, token), { roots: [ended.root.jwk] });
		expect(codeOf(result)).toBe(outcome);
	});

	test('[FI2] a hub key signs only the types that it was granted', async () => {
		const narrow = await makeHub({ use: ['license'] });
		const token = await signToken('activation', activationClaims(), narrow.hub.signer);
		expect(await verifyFile(read(narrow.hubKey, token), { roots: [narrow.root.jwk] })).toEqual(
			refuse('KEY_NOT_ALLOWED', { kid: narrow.hub.signer.kid, type: 'activation' })
		);
	});

	test('[FI8] a voided hub key is refused, whether known before or told by the file', async () => {
		const { kid } = hub.hub.signer;
		const claims: Claims['trust'] = { ...base(), seq: 1, roots: [hub.root.jwk], kids: [kid] };
		const trust = await signToken('trust', claims, hub.root.signer);
		const voided = refuse('HUB_KEY_VOIDED', { kid });
		expect(await verify([hub.hubKey, activation], { voided: [kid] })).toEqual(voided);
		expect(await verify([trust, hub.hubKey, activation])).toEqual(voided);
		// Carried by itself it teaches the same.
		expect(await verify([trust])).toMatchObject({ learned: { voided: [kid] } });
	});

	test('[FI8] a trust token brings the next root, a revocation what was retired', async () => {
		const next = await makeHub();
		const trustClaims: Claims['trust'] = {
			...base(),
			seq: 2,
			roots: [hub.root.jwk, next.root.jwk],
			kids: []
		};
		const trust = await signToken('trust', trustClaims, hub.root.signer);
		const revocationClaims: Claims['revocation'] = {
			...base(NOW + 5),
			iss: 'hub',
			sub: uuidv7(),
			seq: 3,
			acts: ['AAAAAAAAAAAA']
		};
		const revocation = await signToken('revocation', revocationClaims, hub.hub.signer);
		const token = await signToken('activation', activationClaims(), next.hub.signer);
		expect(await verify([trust, hub.hubKey, revocation, next.hubKey, token])).toMatchObject({
			learned: { roots: trustClaims.roots, revocation: { seq: 3 }, trustedAt: NOW + 5 }
		});
	});

	test('[FI3] one changed byte anywhere is a refusal', async () => {
		for (const at of Array.from({ length: activation.length }, (_, i) => i).filter(
			(i) => i % 7 === 0
		)) {
			const sign = activation[at] === 'A' ? 'B' : 'A';
			const changed = activation.slice(0, at) + sign + activation.slice(at + 1);
			const file = readFile(`${hub.hubKey}~${changed}`);
			const outcome = isRefusal(file) ? file : await verifyFile(file, { roots: [hub.root.jwk] });
			expect(isRefusal(outcome), `byte ${at}`).toBe(true);
		}
	});

	test('[FI7] an unknown claim is refused outside x and allowed inside', async () => {
		const sign = (extra: object) =>
			signToken('activation', { ...activationClaims(), ...extra }, hub.hub.signer);
		expect(await verify([hub.hubKey, await sign({ colour: 'red' })])).toEqual(
			refuse('CLAIMS_INVALID', { type: 'activation', path: 'colour', reason: 'unrecognized_keys' })
		);
		expect(codeOf(await verify([hub.hubKey, await sign({ x: { colour: 'red' } })]))).toBe(
			'verified'
		);
		expect(await verify([hub.hubKey, await sign({ v: 2 })])).toEqual(
			refuse('FORMAT_VERSION_UNSUPPORTED', { found: 2, newest: 1 })
		);
	});
});

describe('a request', () => {
	test('[MA3] vouches for itself by the key inside', async () => {
		const machine = await makeKey();
		const text = await signToken('activation-request', requestClaims(machine), machine.signer);
		expect(await verifyRequest(decoded(text))).toMatchObject({ jkt: machine.signer.kid });
	});

	test('[MA3] signed by another key is refused', async () => {
		const [machine, thief] = [await makeKey(), await makeKey()];
		const text = await signToken('activation-request', requestClaims(machine), thief.signer);
		expect(codeOf(await verifyRequest(decoded(text)))).toBe('SIGNATURE_INVALID');
	});

	test('[FI2] nothing else passes for a request, and a request for nothing else', async () => {
		expect(await verifyRequest(decoded(activation))).toEqual(
			refuse('TOKEN_TYPE_UNEXPECTED', { expected: ['activation-request'], found: 'activation' })
		);
		const machine = await makeKey();
		const text = await signToken('activation-request', requestClaims(machine), machine.signer);
		expect(codeOf(await verify([text]))).toBe('TOKEN_TYPE_UNEXPECTED');
	});

	test('[FI7] may come from a newer version, which the hub answers in its own', async () => {
		const machine = await makeKey();
		const claims = requestClaims(machine, { v: 2 });
		const text = await signToken('activation-request', claims, machine.signer);
		expect(codeOf(await verifyRequest(decoded(text)))).toBe('verified');
	});

	test('[RE2] the proof depends on key, request and machine', async () => {
		const [sec, other] = [
			encodeBase64url(new Uint8Array(16)),
			encodeBase64url(new Uint8Array(16).fill(1))
		];
		const proofs = await Promise.all([
			proofOf(sec, 'a', 'm'),
			proofOf(other, 'a', 'm'),
			proofOf(sec, 'b', 'm'),
			proofOf(sec, 'a', 'n')
		]);
		expect(new Set(proofs).size).toBe(4);
		expect(proofs[0]).toMatch(/^[A-Za-z0-9_-]{22}$/);
		expect(await proofOf(sec, 'a', 'm')).toBe(proofs[0]);
	});
});

describe('keys of small order', () => {
	const torsion = ed25519.Point.fromHex(
		'26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05'
	);
	const points = Array.from({ length: 8 }, (_, i) =>
		i === 0 ? ed25519.Point.ZERO : torsion.multiply(BigInt(i))
	);

	test('[FI3] all eight points are refused, and an ordinary key is not', async () => {
		for (const point of points) {
			expect(point.isSmallOrder()).toBe(true);
			expect(hasSmallOrder(point.toBytes())).toBe(true);
			const x = encodeBase64url(point.toBytes());
			expect(codeOf(await importPublicJwk({ kty: 'OKP', crv: 'Ed25519', x }))).toBe('KEY_WEAK');
		}
		expect(codeOf(await importPublicJwk((await makeKey()).jwk))).toBe('verified');
	});

	test('[FI3] so are encodings above the prime, with either sign', () => {
		const above = (low: number) => new Uint8Array(32).fill(0xff).with(0, low).with(31, 0x7f);
		for (const encoding of [above(0xed), above(0xee), above(0xee).with(31, 0xff)])
			expect(hasSmallOrder(encoding)).toBe(true);
		expect(hasSmallOrder(above(0xef))).toBe(false);
	});
});
