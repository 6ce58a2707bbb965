/**
 * The machine key: made on the machine, and never leaving its folder. [MA3]
 *
 * @module
 */
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { PublicJwk } from '#lib/formats/tokens.ts';
import {
	exportPrivateJwk,
	generateKeyPair,
	importPrivateJwk,
	type PrivateJwk,
	type Signer
} from '#lib/signing/keys.ts';
import { join } from 'node:path';
import { SECRET_FILE_MODE, writeOnce } from './durable-file.ts';
import { ownerOf, readStateJson, type StateFolders } from './state-folder.ts';

const MACHINE_KEY = 'machine-key.json';

export type MachineKey = { signer: Signer; jwk: PublicJwk };

/** The machine key, made on first use. */
export async function openMachineKey({ folders }: { folders: StateFolders }): Promise<MachineKey> {
	const found = folders.read.find((folder) => readMachineKey(folder));
	const folder = found ?? folders.write;
	if (!found) {
		const pair = await generateKeyPair(true);
		const made = `${JSON.stringify(await exportPrivateJwk(pair.privateKey))}\n`;
		writeOnce(join(folder, MACHINE_KEY), made, SECRET_FILE_MODE);
	}
	// What lies there counts: another process may have been first.
	const key = readMachineKey(folder);
	if (!key) throw new Error(`${join(folder, MACHINE_KEY)} cannot be read by this user`);
	return asKey(key);
}

/**
 * The very key that an activation was made for.
 *
 * @param jkt - Its thumbprint.
 * @returns `STATE_KEY_ELSEWHERE` where a key lies here that this user may not read, and
 * `MACHINE_KEY_MISMATCH` where no key here is the one: lost, or held by a desk.
 */
export async function findMachineKey(
	{ folders }: { folders: StateFolders },
	{ act, jkt }: { act: string; jkt: string }
): Promise<
	(MachineKey & { folder: string }) | Refusal<'STATE_KEY_ELSEWHERE' | 'MACHINE_KEY_MISMATCH'>
> {
	let hidden: { folder: string; owner: string } | undefined;
	for (const folder of folders.read) {
		const key = readMachineKey(folder);
		const opened = key && (await asKey(key));
		if (opened?.signer.kid === jkt) return { ...opened, folder };
		const owner = key ? undefined : ownerOf(join(folder, MACHINE_KEY));
		if (owner !== undefined) hidden ??= { folder, owner };
	}
	return hidden ? refuse('STATE_KEY_ELSEWHERE', hidden) : refuse('MACHINE_KEY_MISMATCH', { act });
}

function readMachineKey(folder: string): PrivateJwk | undefined {
	return readStateJson<PrivateJwk>(folder, MACHINE_KEY);
}

async function asKey(key: PrivateJwk): Promise<MachineKey> {
	const { kty, crv, x } = key;
	return { signer: await importPrivateJwk(key), jwk: { kty, crv, x } };
}
