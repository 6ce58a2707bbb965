/**
 * The root of a new hub, made in this browser. Its private half leaves it as a file for the person who
 * made it, and in no other way. [SU3]
 *
 * @module
 */
import type { Seconds } from '#lib/domain/time.ts';
import { thumbprint, exportPrivateJwk, generateKeyPair } from '#lib/signing/keys.ts';
import {
	grantHubKey,
	readRootFile,
	rootFileName,
	rootFileText,
	signTrust
} from '#lib/signing/root.ts';

export type MadeRoot = { kid: string; fileName: string; text: string };

export async function makeRoot(): Promise<MadeRoot> {
	const jwk = await exportPrivateJwk((await generateKeyPair(true)).privateKey);
	return {
		kid: await thumbprint(jwk),
		fileName: await rootFileName(jwk),
		text: rootFileText(jwk)
	};
}

/** @returns The thumbprint of the root in a file, or `undefined` where there is none in it. */
export async function rootIn(text: string): Promise<string | undefined> {
	return (await readRootFile(text))?.signer.kid;
}

/**
 * What a root says of a new hub. It is signed with the key as the file has it, so that a file that signs
 * is known to be whole.
 *
 * @param hubKey - x of the hub's public key.
 */
export async function vouchFor(text: string, { hubKey, now }: { hubKey: string; now: Seconds }) {
	const root = await readRootFile(text);
	if (!root) throw new Error('the file was read before');
	const { jwk, signer } = root;
	return {
		root: jwk,
		hubKey: await grantHubKey(signer, { jwk: { kty: 'OKP', crv: 'Ed25519', x: hubKey }, now }),
		trust: await signTrust(signer, { now, seq: 1, roots: [jwk], kids: [] })
	};
}
