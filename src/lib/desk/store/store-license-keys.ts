/**
 * Storing the license keys of a page, and reading all of them again: what only syncing needs.
 *
 * @module
 */
import type { KeyTokens } from '#lib/protocol/pull.ts';
import { writeKeyFile } from '#lib/formats/key-file.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { strict } from './database.ts';
import type { KeyBlockRow, StoredLicense } from './mirror-rows.ts';
import { writeMirroredKey } from './license-keys.ts';
import { mirroredLicenses } from './mirrored.ts';

/** A page with fewer rows is stored row by row, keys included: who shows one of them is told of that one. */
export const LARGE_PAGE = 50;
/** A quarter of a megabyte is read for one key. */
const BLOCK_KEYS = 250;
/** Rows that are read at a time. */
const ROWS = 1000;

/** Divides the licenses of a page, and their keys, into rows and blocks of keys. */
export function storeKeys(
	page: readonly StoredLicense[],
	{ before, own }: KeyTokens = { before: {}, own: {} }
): { rows: StoredLicense[]; blocks: KeyBlockRow[] } {
	const open = new Map<string, KeyBlockRow>();
	const blocks: KeyBlockRow[] = [];
	const rows = page.map((row): StoredLicense => {
		const key = own[row.id];
		if (!key) return row;
		const { kid, token } = key;
		if (page.length < LARGE_PAGE) return { ...row, key: writeKeyFile([...before[kid]!, token]) };
		const name = `${row.customerId} ${kid}`;
		let block = open.get(name);
		if (!block || Object.keys(block.keys).length >= BLOCK_KEYS) {
			block = { id: uuidv7(), customerId: row.customerId, before: before[kid]!, keys: {} };
			open.set(name, block);
			blocks.push(block);
		}
		block.keys[row.id] = token;
		return { ...row, keysIn: block.id };
	});
	return { rows, blocks };
}

/** All license keys that the hub mirrors here, newer ones last. */
export async function listMirroredKeys(): Promise<string[]> {
	const texts: string[] = [];
	for (const block of await strict.licenseKeys.toArray())
		for (const key of Object.values(block.keys)) texts.push(await writeMirroredKey(block, key));
	for await (const rows of mirroredLicenses.parts(ROWS))
		texts.push(...rows.flatMap(({ key }) => key ?? []));
	return texts;
}
