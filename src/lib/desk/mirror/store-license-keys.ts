/**
 * Storing the license keys of a page, and reading all of them again: what only syncing needs.
 *
 * @module
 */
import type { KeysPage, KeyTokens } from '#lib/protocol/pull.ts';
import { tellKeys } from '#lib/protocol/told-keys.ts';
import { writeKeyFile } from '#lib/formats/key-file.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { strict, type DeskDatabase } from '#lib/desk/store/database.ts';
import { openKeyBlock, type OpenKeyBlock } from './key-blocks.ts';
import { keyBlockId, keyBlocksFrom } from './license-keys.ts';
import { mirrorParts } from './parts.ts';
import { mirroredLicenses } from './mirrored.ts';
import { readState, writeState } from '#lib/desk/store/state.ts';
import type { KeyBlockRow, StoredLicense, ToldBlock } from '#lib/desk/store/mirror-rows.ts';

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
	const open = new Map<string, KeyBlockRow & Required<Pick<KeyBlockRow, 'keys'>>>();
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

/** Keys that came in the order of licenses, as a hub tells them that knows what they have in common, and as one that does not. */
export function keyBlocksOf({ before, customers, alike }: KeysPage): KeyBlockRow[] {
	const all = alike ?? customers.flatMap(({ customerId, own }) => tellKeys(customerId, own));
	return all.flatMap(({ customerId, forms, own }) => {
		const last = Object.keys(own).at(-1);
		if (last === undefined) return [];
		const block: ToldBlock = { before: {}, forms, own };
		for (const { kid } of forms) block.before[kid] = before[kid]!;
		return { id: keyBlockId(customerId, last), customerId, told: JSON.stringify(block) };
	});
}

/**
 * Keys of these customers are to be asked for once all rows are here: what of them has come already goes.
 * Belongs inside a transaction over keys and states.
 */
export async function oweKeys(
	connection: DeskDatabase,
	customerIds: Iterable<string>
): Promise<void> {
	const owed = new Map(
		(await readState('owedKeys', connection))?.map((each) => [each.customerId, each])
	);
	for (const customerId of new Set(customerIds)) {
		const before = owed.get(customerId);
		if (before && before.after === undefined) continue;
		await keyBlocksFrom(connection, { customerId, id: '' }).delete();
		owed.set(customerId, { customerId });
	}
	if (owed.size === 0) return;
	const rising = [...owed.values()].sort((one, other) =>
		one.customerId < other.customerId ? -1 : 1
	);
	await writeState('owedKeys', rising, connection);
}

/** All license keys that the hub mirrors here. */
export async function listMirroredKeys(): Promise<string[]> {
	const blocks = new Map<string, OpenKeyBlock>();
	const inOrder = new Map<string, OpenKeyBlock>();
	for (const row of await strict.licenseKeys.toArray()) {
		const block = openKeyBlock(row);
		blocks.set(row.id, block);
		if (row.id.startsWith(`${row.customerId}/`))
			for (const id of block.licenseIds) inOrder.set(id, block);
	}
	const texts = new Map<string, string>();
	for await (const rows of mirrorParts(mirroredLicenses, ROWS))
		for (const { id, key, keysIn } of rows) {
			const block = keysIn === undefined ? inOrder.get(id) : blocks.get(keysIn);
			const text = key ?? block?.read(id);
			if (text !== undefined) texts.set(id, text);
		}
	return [...texts.values()];
}
