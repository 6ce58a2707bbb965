/**
 * Work that needs the root key, brought once and taken away again: a new hub key, and what the root
 * says of roots and hub keys. [FI8]
 *
 * @module
 */
import {
	closeSync,
	existsSync,
	fsyncSync,
	openSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	writeSync
} from 'node:fs';
import { join } from 'node:path';
import type { PublicJwk } from '#lib/formats/tokens.ts';
import { importPrivateJwk, thumbprint, type PrivateJwk, type Signer } from '#lib/signing/keys.ts';
import { signTrust } from '#lib/signing/root.ts';
import { Fault } from '#server/fault.ts';
import {
	KEY_FILE,
	readTrustClaims,
	trustFileOf,
	writePublic,
	writeSecret,
	type KeyFile
} from './folder.ts';
import { makeHubKey } from './make-hub.ts';

/** Reads the root key. @throws Fault `KEYS_INVALID` where the file is not that of a root here. */
export async function readRoot(
	rootFile: string,
	roots: readonly PublicJwk[]
): Promise<{ signer: Signer; jwk: PublicJwk }> {
	const jwk = JSON.parse(readFileSync(rootFile, 'utf8')) as PrivateJwk;
	if (!roots.some(({ x }) => x === jwk.x) || typeof jwk.d !== 'string')
		throw new Fault(
			'KEYS_INVALID',
			`The key in ${rootFile} is not the root of this hub.`,
			'Bring the root key that keyferry init wrote for it.'
		);
	const { kty, crv, x } = jwk;
	return { signer: await importPrivateJwk(jwk), jwk: { kty, crv, x } };
}

/**
 * A new hub key; the one before is retired: its grant stays, its private half is destroyed. Files
 * that it signed verify for ever. [FI1, FI5]
 */
export async function rotateHubKey(
	folder: string,
	rootFile: string
): Promise<{ kid: string; retired: string[] }> {
	const { signer: root } = await readRoot(rootFile, readRoots(folder));
	const before = keyFiles(folder);
	const { iss } = before[0]?.file ?? { iss: 'Keyferry hub' };
	// The new one first: a hub without a key to sign with would not start.
	const kid = await makeHubKey(folder, { iss, root });
	const active = before.filter(({ file }) => 'd' in file.jwk);
	for (const { path, file } of active) destroyPrivate(path, file);
	return { kid, retired: active.map(({ kid: old }) => old) };
}

/**
 * Says anew which roots there are and which hub keys are void.
 *
 * @returns The trust file, to be carried to verifiers; it also rides in every file from now on.
 */
export async function renewTrust(
	folder: string,
	{ rootFile, voided, next }: { rootFile: string; voided?: string; next?: PublicJwk }
): Promise<{ seq: number; file: string; voided: string[] }> {
	const roots = readRoots(folder);
	const { signer } = await readRoot(rootFile, roots);
	const current = readTrustClaims(folder);
	if (voided !== undefined) refuseActive(folder, voided);
	const kids = [...new Set([...current.kids, ...(voided === undefined ? [] : [voided])])];
	const all = [
		...new Map([...current.roots, ...(next ? [next] : [])].map((k) => [k.x, k])).values()
	];
	const seq = current.seq + 1;
	const token = await signTrust(signer, {
		now: Math.floor(Date.now() / 1000),
		seq,
		roots: all,
		kids
	});
	replaceFile(join(folder, 'trust.jwt'), token);
	if (next) {
		const keys = await Promise.all(
			all.map(async (jwk) => ({ ...jwk, kid: await thumbprint(jwk) }))
		);
		const text = JSON.stringify({ keys }, undefined, '\t') + '\n';
		replaceFile(join(folder, 'roots.json'), text, writePublic);
	}
	return { seq, file: trustFileOf(token), voided: kids };
}

/** What a hub goes on to sign with cannot be void. */
function refuseActive(folder: string, kid: string): void {
	const known = keyFiles(folder).find((key) => key.kid === kid);
	if (!known)
		throw new Fault(
			'KEYS_INVALID',
			`There is no hub key ${kid} in ${folder}.`,
			`Its keys are named by the files in ${join(folder, 'keys')}.`
		);
	if ('d' in known.file.jwk)
		throw new Fault(
			'KEYS_INVALID',
			`The hub signs with the key ${kid}.`,
			'Rotate it first: keyferry hub-key rotate.'
		);
}

function readRoots(folder: string): PublicJwk[] {
	const path = join(folder, 'roots.json');
	if (!existsSync(path))
		throw new Fault(
			'FOLDER_NOT_READY',
			`The folder ${folder} holds no hub yet.`,
			`Run: keyferry init --data ${folder} --root-out FILE`
		);
	const { keys } = JSON.parse(readFileSync(path, 'utf8')) as { keys: PublicJwk[] };
	return keys.map(({ kty, crv, x }) => ({ kty, crv, x }));
}

function keyFiles(folder: string): { kid: string; path: string; file: KeyFile }[] {
	return readdirSync(join(folder, 'keys'))
		.filter((name) => KEY_FILE.test(name))
		.map((name) => {
			const path = join(folder, 'keys', name);
			const file = JSON.parse(readFileSync(path, 'utf8')) as KeyFile;
			return { kid: name.slice(0, -'.json'.length), path, file };
		});
}

/** The old bytes are overwritten too, as far as the disk does what it is told. */
function destroyPrivate(path: string, { iss, jwk, token }: KeyFile): void {
	const { kty, crv, x } = jwk;
	const old = openSync(path, 'r+');
	const { length } = readFileSync(path);
	const retired: KeyFile = { iss, jwk: { kty, crv, x }, token };
	replaceFile(path, JSON.stringify(retired, undefined, '\t') + '\n');
	writeSync(old, Buffer.alloc(length), 0, length, 0);
	fsyncSync(old);
	closeSync(old);
}

/** Whole or not at all; readable by its owner only, unless said otherwise. */
function replaceFile(path: string, text: string, write = writeSecret): void {
	const unfinished = `${path}.new`;
	rmSync(unfinished, { force: true });
	write(unfinished, text);
	renameSync(unfinished, path);
}
