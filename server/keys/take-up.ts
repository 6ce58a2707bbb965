/**
 * A folder for a hub whose own was lost: with the root key, brought once, it gets a new hub key and
 * new secrets, and the old hub keys as what they are now, retired. [SY6]
 *
 * @module
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isRefusal } from '#lib/domain/refusal.ts';
import { decodeToken } from '#lib/formats/jws.ts';
import { parseClaims, type PublicJwk } from '#lib/formats/tokens.ts';
import { thumbprint } from '#lib/signing/keys.ts';
import { signTrust } from '#lib/signing/root.ts';
import { writePublic, writeSecret, type KeyFile } from './folder.ts';
import { makeHubKey, makeSecrets } from './make-hub.ts';
import { readRoot } from './rotate.ts';

/** @param grants - Root-signed grants of the hub's keys so far. @returns The new key. */
export async function takeUpHub(
	folder: string,
	{
		rootFile,
		header: { iss, roots, trust },
		grants
	}: {
		rootFile: string;
		header: { iss: string; roots: PublicJwk[]; trust?: string };
		grants: readonly string[];
	}
): Promise<string> {
	const { signer: root } = await readRoot(rootFile, roots);
	mkdirSync(join(folder, 'keys'), { recursive: true, mode: 0o700 });
	const kid = await makeHubKey(folder, { iss, root });
	for (const token of grants) {
		const claims = claimsOf('hub-key', token);
		if (!claims) continue;
		const file: KeyFile = { iss, jwk: claims.cnf.jwk, token };
		writeSecret(join(folder, 'keys', `${await thumbprint(file.jwk)}.json`), json(file));
	}
	const keys = await Promise.all(
		roots.map(async (jwk) => ({ ...jwk, kid: await thumbprint(jwk) }))
	);
	writePublic(join(folder, 'roots.json'), json({ keys }));
	const current = trust === undefined ? undefined : claimsOf('trust', trust);
	const { seq, kids } = current ?? { seq: 1, kids: [] };
	const now = Math.floor(Date.now() / 1000);
	writeSecret(join(folder, 'trust.jwt'), await signTrust(root, { now, seq: seq + 1, roots, kids }));
	// Last, so that its presence means that the rest is there too.
	writeSecret(join(folder, 'secrets.json'), json(makeSecrets()));
	return kid;
}

function claimsOf<T extends 'hub-key' | 'trust'>(type: T, token: string) {
	const decoded = decodeToken(token);
	const claims = isRefusal(decoded) ? decoded : parseClaims(type, decoded.payload);
	return isRefusal(claims) ? undefined : claims;
}

function json(value: unknown): string {
	return JSON.stringify(value, undefined, '\t') + '\n';
}
