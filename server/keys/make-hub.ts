/**
 * `keyferry init`: a root key to be kept offline, a hub key that it vouches for, and secrets.
 *
 * @module
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { PublicJwk } from '#lib/formats/tokens.ts';
import {
	exportPrivateJwk,
	exportPublicJwk,
	generateKeyPair,
	importPrivateJwk,
	signerOf,
	type PrivateJwk,
	type Signer
} from '#lib/signing/keys.ts';
import { grantHubKey, rootFileText, signTrust } from '#lib/signing/root.ts';
import { Fault } from '#server/fault.ts';
import { writePublic, writeSecret, type KeyFile, type Secrets } from './folder.ts';

export type NewHub = {
	/** Data folder; made where it is missing. */
	folder: string;
	/** The root's private key goes here, outside the folder, readable by its owner alone. */
	rootFile: string;
	/** Name of the vendor, as files say who issued them. */
	iss: string;
	/** Take the root that is in `rootFile` already, if there is one: a demo that is started afresh. */
	keepRoot?: boolean;
};

/** @throws Fault `FILE_EXISTS` rather than overwrite a key, or put the root where the hub is. */
export async function makeHub({
	folder,
	rootFile,
	iss,
	keepRoot
}: NewHub): Promise<{ rootKid: string }> {
	if (!relative(resolve(folder), resolve(rootFile)).startsWith('..'))
		throw new Fault(
			'FILE_EXISTS',
			'The root key must not lie in the data folder.',
			'Name a file outside it with --root-out, best on a medium that you take away.'
		);
	if (existsSync(join(folder, 'secrets.json')))
		throw new Fault(
			'FILE_EXISTS',
			`The folder ${folder} holds a hub already.`,
			'Start it with keyferry serve, or choose another folder with --data.'
		);
	mkdirSync(join(folder, 'keys'), { recursive: true, mode: 0o700 });

	// The root first: a folder without its root could never get another hub key.
	const root =
		keepRoot && existsSync(rootFile)
			? (JSON.parse(readFileSync(rootFile, 'utf8')) as PrivateJwk)
			: await makeRoot(rootFile);
	const rootSigner = await importPrivateJwk(root);
	const rootJwk: PublicJwk = { kty: root.kty, crv: root.crv, x: root.x };

	const now = Math.floor(Date.now() / 1000);
	await makeHubKey(folder, { iss, root: rootSigner });
	writePublic(join(folder, 'roots.json'), json({ keys: [{ ...rootJwk, kid: rootSigner.kid }] }));
	writeSecret(
		join(folder, 'trust.jwt'),
		await signTrust(rootSigner, { now, seq: 1, roots: [rootJwk], kids: [] })
	);
	// Last, so that its presence means that the rest is there too.
	writeSecret(join(folder, 'secrets.json'), json(makeSecrets()));
	return { rootKid: rootSigner.kid };
}

async function makeRoot(rootFile: string): Promise<PrivateJwk> {
	const jwk = await exportPrivateJwk((await generateKeyPair(true)).privateKey);
	writeSecret(rootFile, rootFileText(jwk));
	return jwk;
}

/** @returns The key's thumbprint. */
export async function makeHubKey(
	folder: string,
	{ iss, root }: { iss: string; root: Signer }
): Promise<string> {
	const pair = await generateKeyPair(true);
	const { kid } = await signerOf(pair);
	const now = Math.floor(Date.now() / 1000);
	const token = await grantHubKey(root, { jwk: await exportPublicJwk(pair.publicKey), now });
	const file: KeyFile = { iss, jwk: await exportPrivateJwk(pair.privateKey), token };
	writeSecret(join(folder, 'keys', `${kid}.json`), json(file));
	return kid;
}

export function makeSecrets(): Secrets {
	const secret = () => randomBytes(32).toString('base64url');
	return { authSecret: secret(), sealingKey: secret() };
}

function json(value: unknown): string {
	return JSON.stringify(value, undefined, '\t') + '\n';
}
