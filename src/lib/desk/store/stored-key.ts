/**
 * Ed25519 keys that this desk makes and keeps: not extractable where the browser can keep them so.
 *
 * @module
 */
import type { PublicJwk } from '#lib/formats/tokens.ts';
import {
	exportPublicJwk,
	generateKeyPair,
	importPrivateJwk,
	thumbprint,
	type PrivateJwk,
	type Signer
} from '#lib/signing/keys.ts';
import { strict } from './database.ts';

/** A private key as a row of the database holds it. */
export type StoredKey = CryptoKey | JsonWebKey;

/** A pair, and its private key in the form that this browser can keep. */
export async function makeStoredKey(): Promise<{
	pair: CryptoKeyPair;
	jwk: PublicJwk;
	key: StoredKey;
}> {
	const pair = await generateKeyPair(false);
	const jwk = await exportPublicJwk(pair.publicKey);
	if (await canStore(pair.privateKey)) return { pair, jwk, key: pair.privateKey };
	const open = await generateKeyPair(true);
	return {
		pair: open,
		jwk: await exportPublicJwk(open.publicKey),
		key: await crypto.subtle.exportKey('jwk', open.privateKey)
	};
}

export async function storedSigner({
	privateKey,
	publicKey
}: {
	privateKey: StoredKey;
	publicKey: JsonWebKey;
}): Promise<Signer> {
	// Sound: the desk makes Ed25519 keys only, and kept this one so because the browser made it.
	if (!(privateKey instanceof CryptoKey)) return importPrivateJwk(privateKey as PrivateJwk);
	return {
		kid: await thumbprint(publicKey as PublicJwk),
		sign: async (bytes) => new Uint8Array(await crypto.subtle.sign('Ed25519', privateKey, bytes))
	};
}

/** Some browsers refuse Ed25519 keys, others hand back `null`: only a round trip tells. */
async function canStore(key: CryptoKey): Promise<boolean> {
	// Two tabs may try at the same moment.
	const request = `probe ${crypto.randomUUID()}`;
	try {
		await strict.machineKeys.put({ request, privateKey: key, publicKey: {} });
		const read = await strict.machineKeys.get(request);
		return read?.privateKey instanceof CryptoKey;
	} catch {
		return false;
	} finally {
		await strict.machineKeys.delete(request);
	}
}
