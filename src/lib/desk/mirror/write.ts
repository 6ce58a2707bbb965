/**
 * Storing what the hub shows: rows of large pages in blocks, what changes later on top of them. Each call
 * belongs inside a transaction over all tables of the mirror. [SY4, SY5]
 *
 * @module
 */
import type { ActivationRow } from '#lib/protocol/rows.ts';
import { BLOCK_ROWS, writeBlock } from './blocks.ts';
import { blocksWith, placesOf } from './block-keys.ts';
import { tablesByCustomer, type DeskDatabase } from '#lib/desk/store/database.ts';
import type { KeyKind, MirroredRow, StoredLicense } from '#lib/desk/store/mirror-rows.ts';
import { readKeys } from './keys-in-memory.ts';
import { makeKeys, type KeyEntry } from './merge-keys.ts';
import { LARGE_PAGE } from './store-license-keys.ts';
import { activationShape, licenseShape, nameLines, type MirrorShape } from './mirrored.ts';

/**
 * Adds rows, and replaces those that are here.
 *
 * @param isNew - Whether no row of a customer is here that could come again: looking for them would take longer
 * than storing.
 */
export async function storeMirrored(
	connection: DeskDatabase,
	{
		licenses,
		activations
	}: { licenses: readonly StoredLicense[]; activations: readonly ActivationRow[] },
	isNew: (customerId: string) => boolean = () => false
): Promise<void> {
	const isLarge = licenses.length + activations.length >= LARGE_PAGE;
	await storeRows(connection, licenseShape, licenses, { isLarge, isNew });
	await storeRows(connection, activationShape, activations, { isLarge, isNew });
}

/** All rows of these customers go. Keys of their blocks stay until they are merged: they lead nowhere. */
export async function removeCustomers(
	connection: DeskDatabase,
	customerIds: readonly string[]
): Promise<void> {
	if (customerIds.length === 0) return;
	for (const table of tablesByCustomer(connection))
		await table.where('customerId').anyOf(customerIds).delete();
}

async function storeRows<R extends MirroredRow>(
	connection: DeskDatabase,
	shape: MirrorShape<R>,
	rows: readonly R[],
	{ isLarge, isNew }: { isLarge: boolean; isNew: (customerId: string) => boolean }
): Promise<void> {
	if (rows.length === 0) return;
	const mayBeKnown = rows.filter(({ customerId }) => !isNew(customerId));
	const known = isLarge ? await knownIds(connection, shape, mayBeKnown) : undefined;
	const onTop = known ? rows.filter(({ id }) => known.has(id)) : rows;
	if (onTop.length > 0) await shape.top(connection).bulkPut([...onTop]);
	if (known)
		await addBlocks(
			connection,
			shape,
			rows.filter(({ id }) => !known.has(id))
		);
}

/** No row lies in two blocks, or it could not be said which of them counts. */
async function knownIds<R extends MirroredRow>(
	connection: DeskDatabase,
	shape: MirrorShape<R>,
	rows: readonly R[]
): Promise<ReadonlySet<string>> {
	if (rows.length === 0) return new Set();
	const known = new Set<string>(await shape.top(connection).toCollection().primaryKeys());
	const kind = `${shape.table}.id` as KeyKind;
	const places = placesOf(
		kind,
		rows.map(({ id }) => id)
	);
	const keys = await readKeys(connection, kind, places);
	const claimed = rows.flatMap(({ id }) => {
		const blocks = blocksWith(keys, id);
		return blocks.size > 0 ? [{ id, blocks }] : [];
	});
	if (claimed.length === 0) return known;
	const there = new Set<number>(await shape.blocks(connection).toCollection().primaryKeys());
	for (const { id, blocks } of claimed)
		// Two ids of one number are as good as never met; such a row would lie on top, where it is found as well.
		if ([...blocks].some((block) => there.has(block))) known.add(id);
	return known;
}

/** Rows that are nowhere yet. */
export async function addBlocks<R extends MirroredRow>(
	connection: DeskDatabase,
	shape: MirrorShape<R>,
	rows: readonly R[]
): Promise<void> {
	if (rows.length === 0) return;
	const blocks = blocksOf(rows);
	const texts = blocks.map(({ customerId, rows: some }) => ({ customerId, ...writeBlock(some) }));
	const ids = await shape.blocks(connection).bulkAdd(texts, { allKeys: true });
	await connection.blockNames.bulkAdd(
		blocks.map((block, at) => ({
			table: shape.table,
			block: ids[at]!,
			customerId: block.customerId,
			names: nameLines(shape, block.rows)
		}))
	);
	await addKeys(
		connection,
		shape,
		blocks.map((block, at) => ({ block: ids[at]!, rows: block.rows }))
	);
}

/** Divides rows into blocks of one customer each, in their order. */
function blocksOf<R extends MirroredRow>(rows: readonly R[]): { customerId: string; rows: R[] }[] {
	const open = new Map<string, R[]>();
	const blocks: { customerId: string; rows: R[] }[] = [];
	for (const row of rows) {
		let block = open.get(row.customerId);
		if (!block || block.length === BLOCK_ROWS) {
			block = [];
			open.set(row.customerId, block);
			blocks.push({ customerId: row.customerId, rows: block });
		}
		block.push(row);
	}
	return blocks;
}

export async function addKeys<R extends MirroredRow>(
	connection: DeskDatabase,
	shape: MirrorShape<R>,
	blocks: readonly { block: number; rows: readonly R[] }[]
): Promise<void> {
	for (const [name, textsOf] of Object.entries(shape.keys)) {
		const kind = name as KeyKind;
		const entries = blocks.flatMap(({ block, rows }) =>
			rows.flatMap((row) => textsOf(row).map((text): KeyEntry => ({ text, block })))
		);
		if (entries.length > 0) await connection.blockKeys.add({ kind, ...makeKeys(entries) });
	}
}
