/**
 * What lies in the folder of a site server besides its store: the mark that it is one, the roots that it
 * believes, and its own keys. [ST1]
 *
 * @module
 */
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PublicJwk } from '#lib/formats/tokens.ts';
import { SECRET_FILE_MODE, writeDurably, writeOnce } from '#lib/sdk/node/durable-file.ts';
import { makeDhKey, type DhKey } from '#lib/sdk/node/lease-keys.ts';
import { openMachineKey } from '#lib/sdk/node/machine-key.ts';
import { findStateFolders, readStateJson } from '#lib/sdk/node/state-folder.ts';
import type { PrivateJwk } from '#lib/signing/keys.ts';
import { Fault } from '#server/fault.ts';

/** Whatever it is started as, a folder with this file is a site server's. */
const MARK = 'site.json';

/** @throws Fault where a hub lives in it. */
export function markFolder(folder: string): void {
	if (existsSync(join(folder, MARK))) return;
	if (existsSync(join(folder, 'secrets.json')))
		throw new Fault(
			'FOLDER_NOT_READY',
			`There is a hub in ${folder}.`,
			'Name another folder by --data: a site server has one of its own.'
		);
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	writeDurably(join(folder, MARK), `${JSON.stringify({ version: 1 })}\n`);
}

/**
 * Roots of the vendor, and of nobody else: named, or beside the program as in the kit, at the first start;
 * later those that were kept then.
 *
 * @throws Fault where there are none.
 */
export function readRoots(folder: string, named?: string): PublicJwk[] {
	const kept = join(folder, 'roots.json');
	if (!existsSync(kept)) {
		const found = [named, ...besideProgram('roots.json')].find((file) => file && existsSync(file));
		if (found === undefined)
			throw new Fault(
				'FOLDER_NOT_READY',
				'There are no root keys: without them this server can verify no license.',
				'Start it from the kit, or name the file of the root keys by --roots.'
			);
		copyFileSync(found, kept);
	}
	const keys = keysIn(readFileSync(kept, 'utf8'));
	if (keys.length > 0) return keys;
	throw new Fault(
		'FOLDER_NOT_READY',
		`The file ${kept} holds no root keys.`,
		'Remove it, and name the file of the root keys by --roots.'
	);
}

/** Where a file lies that the vendor's kit brought along. */
export function besideProgram(name: string): string[] {
	const folders = [dirname(process.argv[1] ?? '.'), dirname(process.execPath)];
	return [...new Set(folders)].map((folder) => join(folder, name));
}

function keysIn(text: string): PublicJwk[] {
	try {
		const { keys } = JSON.parse(text) as { keys: Partial<PublicJwk>[] };
		return keys.flatMap(({ kty, crv, x }) =>
			kty === 'OKP' && crv === 'Ed25519' && typeof x === 'string' ? [{ kty, crv, x }] : []
		);
	} catch {
		return [];
	}
}

/** The X25519 key that clients agree on theirs with; made once, and only for this user. [LE4] */
export function openSiteKey(folder: string): DhKey {
	const file = join(folder, 'site-key.json');
	if (!existsSync(file)) writeOnce(file, `${JSON.stringify(makeDhKey())}\n`, SECRET_FILE_MODE);
	return JSON.parse(readFileSync(file, 'utf8')) as DhKey;
}

/** The machine's own key, which signs leases as it signs requests. [LE5] */
export async function openLeaseKey(folder: string): Promise<{ kid: string; jwk: PrivateJwk }> {
	const folders = findStateFolders(join(folder, 'state'));
	const { signer } = await openMachineKey({ folders });
	const jwk = readStateJson<PrivateJwk>(folders.write, 'machine-key.json')!;
	return { kid: signer.kid, jwk };
}
