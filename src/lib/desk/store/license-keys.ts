/**
 * License keys that the hub mirrors for those whose role needs them. They are three times as long
 * as all else in a license's row and are read one at a time: those of a large page lie together in
 * blocks beside the rows, so that lists are read without them.
 *
 * @module
 */
import type { LicenseRow } from '#lib/protocol/rows.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { strict } from './database.ts';
import type { KeyBlockRow, StoredLicense } from './mirror-rows.ts';

/** A page with fewer licenses keeps their keys in the rows. */
const LARGE_PAGE = 50;
/** Half a megabyte is read for one key. */
const BLOCK_KEYS = 250;

/** Divides the licenses of a page into rows and blocks of keys. */
export function storeKeys(page: readonly LicenseRow[]): {
	rows: StoredLicense[];
	blocks: KeyBlockRow[];
} {
	if (page.length < LARGE_PAGE) return { rows: [...page], blocks: [] };
	const open = new Map<string, KeyBlockRow>();
	const blocks: KeyBlockRow[] = [];
	const rows = page.map(({ key, ...row }): StoredLicense => {
		if (key === undefined) return row;
		let block = open.get(row.customerId);
		if (!block || Object.keys(block.keys).length >= BLOCK_KEYS) {
			block = { id: uuidv7(), customerId: row.customerId, keys: {} };
			open.set(row.customerId, block);
			blocks.push(block);
		}
		block.keys[row.id] = key;
		return { ...row, keysIn: block.id };
	});
	return { rows, blocks };
}

/** The license key, as armoured text, where the hub mirrors it here. */
export async function readMirroredKey(row: StoredLicense): Promise<string | undefined> {
	if (row.keysIn === undefined) return row.key;
	return (await strict.licenseKeys.get(row.keysIn))?.keys[row.id];
}

/** All license keys that the hub mirrors here, newer ones last. */
export async function listMirroredKeys(): Promise<string[]> {
	const [blocks, rows] = await Promise.all([
		strict.licenseKeys.toArray(),
		strict.licenses.toArray()
	]);
	return [
		...blocks.flatMap(({ keys }) => Object.values(keys)),
		...rows.flatMap(({ key }) => key ?? [])
	];
}
