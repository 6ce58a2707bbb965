/**
 * What a hub holds in its data folder besides the database: its signing keys with their grants, the
 * roots it is trusted by, and its secrets. The root's private key is never among them.
 *
 * @module
 */
import { createPrivateKey, sign } from 'node:crypto';
import {
	closeSync,
	fchmodSync,
	fsyncSync,
	openSync,
	readdirSync,
	readFileSync,
	writeSync
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { KeyTerm } from '#lib/domain/hub/hub-key.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import { writeFile } from '#lib/formats/file.ts';
import { decodeToken } from '#lib/formats/jws.ts';
import { parseClaims, type Claims, type PublicJwk } from '#lib/formats/tokens.ts';
import { thumbprint, type PrivateJwk, type Signer } from '#lib/signing/keys.ts';
import { Fault } from '#server/fault.ts';
import { sealWith, type Seal } from './seal.ts';

/** `DIR/keys/KID.json`. A retired key has lost its private half. */
export type KeyFile = { iss: string; jwk: PublicJwk | PrivateJwk; token: string };

/** `DIR/secrets.json` */
export type Secrets = { authSecret: string; sealingKey: string };

export type HubKeys = {
	/** Who signs, as files say it. */
	iss: string;
	signer: Signer & KeyTerm;
	/** Every hub key with its root-signed grant, the active one first. */
	hubKeys: { kid: string; nbf: number; exp: number; jwk: PublicJwk; token: string }[];
	roots: PublicJwk[];
	rootKids: string[];
	/** Root-signed list of roots and voided keys, as a token and as an armoured file. */
	trustToken: string;
	trustFile: string;
	/** Hub keys that the trust token voids. [FI8] */
	voided: string[];
	/** Whether the trust token says more than the root that signed it: then it rides in files. */
	rides: boolean;
	authSecret: string;
	seal: Seal;
};

/** Named by the key's thumbprint. */
export const KEY_FILE = /^[A-Za-z0-9_-]{43}\.json$/;

/** @throws Fault `FOLDER_NOT_READY` where `keyferry init` has not been, `KEYS_INVALID`. */
export async function readHubKeys(folder: string): Promise<HubKeys> {
	const secrets = readJson(folder, 'secrets.json') as Secrets;
	const { keys: roots } = readJson(folder, 'roots.json') as {
		keys: PublicJwk[];
	};
	const trust = readText(folder, 'trust.jwt').trim();
	const { kids: voided, roots: trusted } = readTrustClaims(folder);
	const names = readdirSync(join(folder, 'keys')).filter((name) => KEY_FILE.test(name));
	const files = names.map((name) => readJson(folder, join('keys', name)) as KeyFile);

	const keys = await Promise.all(files.map(async (file) => ({ file, ...(await grantOf(file)) })));
	keys.sort((a, b) => Number('d' in b.file.jwk) - Number('d' in a.file.jwk) || b.nbf - a.nbf);
	const [active] = keys;
	if (!active || !('d' in active.file.jwk))
		throw new Fault(
			'KEYS_INVALID',
			`The folder ${folder} has no hub key to sign with.`,
			'Put the hub key back, or make a new one with keyferry init.'
		);
	return {
		iss: active.file.iss,
		signer: hotSigner(active, active.file.jwk),
		hubKeys: keys.map(({ kid, nbf, exp, file: { jwk, token } }) => ({
			kid,
			nbf,
			exp,
			jwk: { kty: jwk.kty, crv: jwk.crv, x: jwk.x },
			token
		})),
		roots,
		rootKids: await Promise.all(roots.map((jwk) => thumbprint(jwk))),
		trustToken: trust,
		trustFile: trustFileOf(trust),
		voided,
		rides: voided.length > 0 || trusted.length > 1,
		authSecret: secrets.authSecret,
		seal: sealWith(Buffer.from(secrets.sealingKey, 'base64url'))
	};
}

/** What the folder's trust token says. @throws Fault `KEYS_INVALID`. */
export function readTrustClaims(folder: string): Claims['trust'] {
	const decoded = decodeToken(readText(folder, 'trust.jwt').trim());
	const claims = isRefusal(decoded) ? decoded : parseClaims('trust', decoded.payload);
	if (isRefusal(claims))
		throw new Fault(
			'KEYS_INVALID',
			`The file ${join(folder, 'trust.jwt')} is damaged.`,
			'Restore it from your backup of the folder.'
		);
	return claims;
}

/** A trust token as the file that people carry. */
export function trustFileOf(trust: string): string {
	return writeFile([trust], ['Keyferry trust file: root keys and voided hub keys']);
}

/** Node's own Ed25519 is three times as fast as Web Crypto and gives the same bytes. */
function hotSigner({ kid, exp }: Grant, jwk: PrivateJwk): Signer & KeyTerm {
	const key = createPrivateKey({ key: { ...jwk }, format: 'jwk' });
	return {
		kid,
		endsAt: exp,
		sign: (bytes) => sign(null, bytes, key),
		signAside: (bytes) => signAside(null, bytes, key)
	};
}

const signAside = promisify(sign);

type Grant = { kid: string; nbf: number; exp: number };

async function grantOf({ jwk, token }: KeyFile): Promise<Grant> {
	const kid = await thumbprint(jwk);
	const decoded = decodeToken(token);
	const claims = isRefusal(decoded) ? decoded : parseClaims('hub-key', decoded.payload);
	if (isRefusal(claims) || claims.cnf.jwk.x !== jwk.x)
		throw new Fault('KEYS_INVALID', `The hub key ${kid} and its grant do not belong together.`, '');
	return { kid, nbf: claims.nbf, exp: claims.exp };
}

function readJson(folder: string, name: string): unknown {
	try {
		return JSON.parse(readText(folder, name));
	} catch (cause) {
		if (cause instanceof Fault) throw cause;
		throw new Fault(
			'KEYS_INVALID',
			`The file ${join(folder, name)} is damaged.`,
			'Restore it from your backup of the folder.',
			{ cause }
		);
	}
}

function readText(folder: string, name: string): string {
	try {
		return readFileSync(join(folder, name), 'utf8');
	} catch (cause) {
		throw new Fault(
			'FOLDER_NOT_READY',
			`The folder ${folder} holds no hub yet (${name} is missing).`,
			`Run: keyferry init --data ${folder} --root-out FILE`,
			{ cause }
		);
	}
}

/** Writes a new file that only its owner can read, and syncs it. @throws Fault `FILE_EXISTS`. */
export function writeSecret(path: string, text: string): void {
	writeNew(path, text, 0o600);
}

/** The same for what everybody may read: roots are handed to machines and copied with their mode. */
export function writePublic(path: string, text: string): void {
	writeNew(path, text, 0o644);
}

function writeNew(path: string, text: string, mode: number): void {
	let descriptor: number;
	try {
		descriptor = openSync(path, 'wx', mode);
	} catch (cause) {
		throw new Fault(
			'FILE_EXISTS',
			`The file ${path} is there already or cannot be made.`,
			'Choose another name: a key is never overwritten.',
			{ cause }
		);
	}
	try {
		// The umask of whoever runs this has taken its part of the mode.
		fchmodSync(descriptor, mode);
		writeSync(descriptor, text);
		fsyncSync(descriptor);
	} finally {
		closeSync(descriptor);
	}
}
