/**
 * The keys of blocks, held in memory once they were read: they are never changed, only added to and
 * replaced by ones that were merged.
 *
 * @module
 */
import { mergeKeys, type Keys, type KeysPlace } from './block-keys.ts';
import type { DeskDatabase } from './database.ts';

/** `ids`: of the records that are merged in it. */
type Held = Keys & { ids: number[] };

const held = new Map<KeysPlace, Held[]>();

/** The keys that lie there now, each place in few pieces. */
export async function readKeys(
	{ blockKeys }: DeskDatabase,
	places: readonly KeysPlace[]
): Promise<readonly Keys[]> {
	const pieces: Keys[] = [];
	for (const place of places) pieces.push(...(await readPlace(blockKeys, place)));
	return pieces;
}

async function readPlace(
	blockKeys: DeskDatabase['blockKeys'],
	place: KeysPlace
): Promise<readonly Keys[]> {
	for (;;) {
		const ids = await blockKeys.where('kind').equals(place).primaryKeys();
		const there = new Set(ids);
		const kept = (held.get(place) ?? []).filter((part) => part.ids.every((id) => there.has(id)));
		const known = new Set(kept.flatMap((part) => part.ids));
		const others = ids.filter((id) => !known.has(id));
		const rows = others.length > 0 ? await blockKeys.bulkGet(others) : [];
		for (const row of rows)
			if (row) add(kept, { ids: [row.id], hashes: row.hashes, blocks: row.blocks });
		// Merged meanwhile: what it said stands in a record that was not there yet.
		if (rows.includes(undefined)) continue;
		held.set(place, kept);
		return kept;
	}
}

/** Parts of about the same size become one: there are as many as a number of rows has digits. */
function add(parts: Held[], part: Held): void {
	let merged = part;
	for (let last = parts.at(-1); last && last.hashes.length < 2 * merged.hashes.length;) {
		parts.pop();
		merged = { ids: [...last.ids, ...merged.ids], ...mergeKeys(last, merged) };
		last = parts.at(-1);
	}
	parts.push(merged);
}
