/**
 * License keys that the hub mirrors for those whose role needs them. They are three times as long
 * as all else in a license's row and are read one at a time: those of a large page lie together in
 * blocks beside the rows, so that lists are read without them.
 *
 * @module
 */
import { strict } from './database.ts';
import type { KeyBlockRow, StoredLicense } from './mirror-rows.ts';
import { awaitForeign } from './observe-query.ts';

/** The license key, as armoured text, where the hub mirrors it here. */
export async function readMirroredKey(row: StoredLicense): Promise<string | undefined> {
	if (row.keysIn === undefined) return row.key;
	const block = await strict.licenseKeys.get(row.keysIn);
	const key = block?.keys[row.id];
	return block && key !== undefined ? writeMirroredKey(block, key) : undefined;
}

/** @param key - One of the block's. */
export async function writeMirroredKey({ before }: KeyBlockRow, key: string): Promise<string> {
	if (!before) return key;
	// No list and no search needs it.
	const { writeKeyFile } = await awaitForeign(import('#lib/formats/key-file.ts'));
	return writeKeyFile([...before, key]);
}
