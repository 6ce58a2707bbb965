/**
 * Making the mirror smaller when nobody waits: what lies on top goes into blocks, and the keys of many pages
 * are merged and divided by what they are, so that a desk that has just started reads a small part. Nothing that is read changes by it. [SY4]
 *
 * @module
 */
import { readBlock, writeBlock } from './blocks.ts';
import { blocksWith, placesOf } from './block-keys.ts';
import { mirrorTables, type DeskDatabase } from '#lib/desk/store/database.ts';
import type { BlockTable, KeyKind, MirroredRow } from '#lib/desk/store/mirror-rows.ts';
import { readKeys } from './keys-in-memory.ts';
import { allPlaces, divideKeys, keepKeys, mergeKeys } from './merge-keys.ts';
import { addBlocks, addKeys } from './write.ts';
import { activationShape, licenseShape, nameLines, type MirrorShape } from './mirrored.ts';

/** So many rows may lie on top: they are found as quickly. */
const ON_TOP = 2000;
/** Folded at a time: a few hundredths of a second, in which nothing else is stored. */
const STEP = 250;
/** So many records of keys are read as quickly as one. */
const RECORDS = 8;

/**
 * Does so until there is nothing left to do, or no more time for it.
 *
 * @param goesOn - Waited for between two steps; false: that is enough for now.
 * @param onTop - So many rows may stay on top.
 * @param records - So many records of keys of a kind may stay as they are.
 */
export async function foldMirror(
	connection: DeskDatabase,
	goesOn: () => Promise<boolean>,
	{ onTop = ON_TOP, records = RECORDS } = {}
): Promise<void> {
	for (const { table, keys } of [licenseShape, activationShape])
		for (const kind of Object.keys(keys))
			await foldKeys(connection, kind as KeyKind, { table, records });
	while (await foldRows(connection, licenseShape, onTop)) if (!(await goesOn())) return;
	while (await foldRows(connection, activationShape, onTop)) if (!(await goesOn())) return;
}

/** @returns Whether something was folded. */
async function foldRows<R extends MirroredRow>(
	connection: DeskDatabase,
	shape: MirrorShape<R>,
	most: number
): Promise<boolean> {
	return connection.transaction('rw', mirrorTables(connection), async () => {
		const top = shape.top(connection);
		if ((await top.count()) <= most) return false;
		const rows = await top.limit(STEP).toArray();
		const inBlocks = await replaceInBlocks(connection, shape, rows);
		await addBlocks(
			connection,
			shape,
			rows.filter(({ id }) => !inBlocks.has(id))
		);
		await top.bulkDelete(rows.map(({ id }) => id));
		return true;
	});
}

/** @returns Ids of the rows that were in a block. */
async function replaceInBlocks<R extends MirroredRow>(
	connection: DeskDatabase,
	shape: MirrorShape<R>,
	rows: readonly R[]
): Promise<ReadonlySet<string>> {
	const kind = `${shape.table}.id` as KeyKind;
	const places = placesOf(
		kind,
		rows.map(({ id }) => id)
	);
	const keys = await readKeys(connection, kind, places);
	const newer = new Map(rows.map((row) => [row.id, row]));
	const ids = new Set(rows.flatMap(({ id }) => [...blocksWith(keys, id)]));
	const replaced = new Set<string>();
	const changed: { block: number; rows: R[] }[] = [];
	for (const block of await shape.blocks(connection).bulkGet([...ids])) {
		if (!block) continue;
		const before = readBlock<R>(block);
		const here = before.flatMap(({ id }) => newer.get(id) ?? []);
		if (here.length === 0) continue;
		for (const { id } of here) replaced.add(id);
		const after = before.map((row) => newer.get(row.id) ?? row);
		await shape.blocks(connection).update(block.id, writeBlock(after));
		await connection.blockNames
			.where('block')
			.equals(block.id)
			.filter(({ table }) => table === shape.table)
			.modify({ names: nameLines(shape, after) });
		changed.push({ block: block.id, rows: here });
	}
	// By what they are looked up now; by what they were before, nothing is found that still has it.
	await addKeys(connection, shape, changed);
	return replaced;
}

async function foldKeys(
	connection: DeskDatabase,
	kind: KeyKind,
	{ table, records }: { table: BlockTable; records: number }
): Promise<void> {
	const places = allPlaces(kind);
	if ((await connection.blockKeys.where('kind').equals(kind).count()) <= records) return;
	await connection.transaction('rw', mirrorTables(connection), async () => {
		const ids = await connection.blockKeys.where('kind').anyOf(places).primaryKeys();
		const keys = await readKeys(connection, kind, places);
		const blocks = table === 'licenses' ? connection.licenseBlocks : connection.activationBlocks;
		const there = new Set<number>(await blocks.toCollection().primaryKeys());
		const merged = keepKeys(mergeKeys(keys), (block) => there.has(block));
		await connection.blockKeys.bulkDelete(ids);
		const parts = divideKeys(merged).map((keys, part) => ({ kind: places[part + 1]!, ...keys }));
		await connection.blockKeys.bulkAdd(parts.filter(({ hashes }) => hashes.length > 0));
	});
}
