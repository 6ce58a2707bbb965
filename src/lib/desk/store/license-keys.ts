/**
 * License keys that the hub mirrors for those whose role needs them. They are three times as long
 * as all else in a license's row and are read one at a time: those of a large page lie together in
 * blocks beside the rows, so that lists are read without them.
 *
 * @module
 */
import type { KeyTokens } from '#lib/protocol/pull.ts';
import { writeKeyFile } from '#lib/formats/key-file.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { strict } from './database.ts';
import type { KeyBlockRow, StoredLicense } from './mirror-rows.ts';
import { mirroredLicenses } from './mirrored.ts';

/** A page with fewer rows is stored row by row, keys included: who shows one of them is told of that one. */
export const LARGE_PAGE = 50;
/** A quarter of a megabyte is read for one key. */
const BLOCK_KEYS = 250;
/** Read at a time. */
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

/** The license key, as armoured text, where the hub mirrors it here. */
export async function readMirroredKey(row: StoredLicense): Promise<string | undefined> {
	if (row.keysIn === undefined) return row.key;
	const block = await strict.licenseKeys.get(row.keysIn);
	const key = block?.keys[row.id];
	return block && key !== undefined ? fileOf(block, key) : undefined;
}

function fileOf({ before }: KeyBlockRow, key: string): string {
	return before ? writeKeyFile([...before, key]) : key;
}

/** All license keys that the hub mirrors here, newer ones last. */
export async function listMirroredKeys(): Promise<string[]> {
	const texts = (await strict.licenseKeys.toArray()).flatMap((block) =>
		Object.values(block.keys).map((key) => fileOf(block, key))
	);
	for await (const rows of mirroredLicenses.parts(ROWS))
		texts.push(...rows.flatMap(({ key }) => key ?? []));
	return texts;
}
