/**
 * Ed25519 as Project Wycheproof tests it, through the very import and verification that tokens go
 * through, and through Node's own crypto, which the hub signs with.
 */
import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isRefusal } from '#lib/domain/refusal.ts';
import { encodeBase64url } from '#lib/formats/base64url.ts';
import { decodeToken, tokenHeader } from '#lib/formats/jws.ts';
import type { PublicJwk } from '#lib/formats/tokens.ts';
import { verifyToken } from '#lib/signing/jws.ts';
import { importPrivateJwk, importPublicJwk, type VerifyKey } from '#lib/signing/keys.ts';
import { verifyRequest } from '#lib/signing/request.ts';
import { importMachineKey } from '#server/operations/activations/machine-key.ts';
import { requestClaims } from '../fixtures/chain.ts';

type Vector = {
	tcId: number;
	comment: string;
	flags: string[];
	pk: string;
	msg: string;
	sig: string;
	/** `acceptable`: implementations differ, and either answer is allowed. */
	result: 'valid' | 'invalid' | 'acceptable';
};

const path = new URL('../vectors/wycheproof-ed25519.json', import.meta.url);
const { vectors, numberOfTests } = JSON.parse(readFileSync(path, 'utf8')) as {
	vectors: Vector[];
	numberOfTests: number;
};
const decided = vectors.filter(({ result }) => result !== 'acceptable');
const isSmall = ({ flags }: Vector) => flags.includes('SmallOrderPublicKey');
const bytesOf = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));
const jwkOf = ({ pk }: Vector): PublicJwk => ({
	kty: 'OKP',
	crv: 'Ed25519',
	x: encodeBase64url(bytesOf(pk))
});

async function keyOf(vector: Vector): Promise<VerifyKey> {
	const key = await importPublicJwk(jwkOf(vector));
	if (isRefusal(key)) throw new Error(`${vector.tcId}: ${key.refused}`);
	return key;
}

/** The message as text, where it is one: tokens are. */
function textOf({ msg }: Vector): string | undefined {
	const text = Buffer.from(msg, 'hex').toString('utf8');
	return Buffer.from(text, 'utf8').toString('hex') === msg ? text : undefined;
}

/** As tokens are verified; what follows a genuine signature is that these are no claims. */
async function byToken(vector: Vector, signingInput: string): Promise<boolean> {
	const key = await keyOf(vector);
	const signature = bytesOf(vector.sig);
	const token = { type: 'license', text: '', signingInput, signature, payload: {} } as const;
	const outcome = await verifyToken({ ...token, kid: key.kid }, key);
	if (!isRefusal(outcome)) throw new Error('an empty payload became a license');
	expect(['SIGNATURE_INVALID', 'CLAIMS_INVALID']).toContain(outcome.refused);
	return outcome.refused === 'CLAIMS_INVALID';
}

/** The call that `verifyToken` makes, for messages that are no text. */
async function byWebCrypto(vector: Vector): Promise<boolean> {
	const { verify } = await keyOf(vector);
	return verify(bytesOf(vector.sig), bytesOf(vector.msg));
}

/** As the hub verifies requests: on another thread, or at once. */
async function byNode(vector: Vector, isAlone: boolean): Promise<boolean> {
	const key = importMachineKey(jwkOf(vector), { isAlone });
	if (isRefusal(key)) throw new Error(`${vector.tcId}: ${key.refused}`);
	expect(key.kid).toBe((await keyOf(vector)).kid);
	return key.verify(bytesOf(vector.sig), bytesOf(vector.msg));
}

test('the file is whole', () => {
	expect(vectors).toHaveLength(numberOfTests);
	expect(new Set(vectors.map(({ tcId }) => tcId)).size).toBe(numberOfTests);
	expect(decided.filter(({ result }) => result === 'invalid').length).toBeGreaterThan(60);
});

describe('[FI3] every vector with one right answer', () => {
	test('is answered so by the verification of tokens', async () => {
		const mismatches: number[] = [];
		let asked = 0;
		for (const vector of decided) {
			const text = textOf(vector);
			if (text === undefined) continue;
			asked++;
			if ((await byToken(vector, text)) !== (vector.result === 'valid'))
				mismatches.push(vector.tcId);
		}
		expect(mismatches).toEqual([]);
		expect(asked).toBeGreaterThan(60);
	});

	test('is answered so by Web Crypto and by Node, whatever the bytes', async () => {
		const mismatches: [number, string][] = [];
		for (const vector of decided) {
			const right = vector.result === 'valid';
			if ((await byWebCrypto(vector)) !== right) mismatches.push([vector.tcId, 'web']);
			for (const isAlone of [false, true])
				if ((await byNode(vector, isAlone)) !== right) mismatches.push([vector.tcId, 'node']);
		}
		expect(mismatches).toEqual([]);
	});
});

test('[FI3] keys of small order are refused wherever a key enters, a request’s included', async () => {
	const weak = vectors.filter(isSmall);
	expect(weak.length).toBeGreaterThan(0);
	for (const vector of weak) {
		const jwk = jwkOf(vector);
		expect(await importPublicJwk(jwk), vector.pk).toMatchObject({ refused: 'KEY_WEAK' });
		expect(importMachineKey(jwk)).toEqual(await importPublicJwk(jwk));
		const { signer } = await signingKey();
		const claims = requestClaims({ signer, jwk });
		const header = tokenHeader('activation-request', signer.kid);
		const parts = [header, JSON.stringify(claims)].map((part) =>
			encodeBase64url(new TextEncoder().encode(part))
		);
		const token = decodeToken([...parts, encodeBase64url(bytesOf(vector.sig))].join('.'));
		if (isRefusal(token)) throw new Error(token.refused);
		for (const importKey of [importPublicJwk, importMachineKey])
			expect(await verifyRequest(token, importKey)).toMatchObject({ refused: 'KEY_WEAK' });
	}
});

test('what may be answered either way is answered alike by all that verify', async () => {
	const either = vectors.filter((vector) => vector.result === 'acceptable' && !isSmall(vector));
	expect(either.length).toBeGreaterThan(0);
	for (const vector of either)
		for (const isAlone of [false, true])
			expect(await byNode(vector, isAlone), `${vector.tcId}`).toBe(await byWebCrypto(vector));
});

test('the hub signs with Node the same bytes as everybody else with Web Crypto', async () => {
	const { key, signer } = await signingKey();
	for (const { msg } of vectors) {
		const bytes = bytesOf(msg);
		expect(encodeBase64url(sign(null, bytes, key))).toBe(encodeBase64url(await signer.sign(bytes)));
	}
});

async function signingKey() {
	const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
	const { x, d } = jwk as { x: string; d: string };
	const own = { kty: 'OKP', crv: 'Ed25519', x, d } as const;
	return {
		key: createPrivateKey({ key: own, format: 'jwk' }),
		signer: await importPrivateJwk(own)
	};
}
