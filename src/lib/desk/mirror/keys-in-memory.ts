/**
 * The keys of blocks, held in memory once they were read: a record of them is never changed, only added
 * and, once it is merged with others, removed.
 *
 * @module
 */
import type { DeskDatabase } from '#lib/desk/store/database.ts';
import type { Keys, KeysPlace } from '#lib/desk/store/mirror-rows.ts';

/** By the id of their record. */
const held = new Map<KeysPlace, ReadonlyMap<number, Keys>>();

/** The keys that lie there now. */
export async function readKeys(
	{ blockKeys }: DeskDatabase,
	places: readonly KeysPlace[]
): Promise<Keys[]> {
	const pieces: Keys[] = [];
	for (const place of places) pieces.push(...(await readPlace(blockKeys, place)));
	return pieces;
}

async function readPlace(
	blockKeys: DeskDatabase['blockKeys'],
	place: KeysPlace
): Promise<Iterable<Keys>> {
	for (;;) {
		const ids = await blockKeys.where('kind').equals(place).primaryKeys();
		const known = held.get(place);
		const others = ids.filter((id) => !known?.has(id));
		const rows = others.length > 0 ? await blockKeys.bulkGet(others) : [];
		// Merged meanwhile: what it said stands in a record that was not there yet.
		if (rows.includes(undefined)) continue;
		const read = new Map<number, Keys>(rows.flatMap((row) => (row ? [[row.id, row]] : [])));
		const now = new Map(ids.map((id) => [id, known?.get(id) ?? read.get(id)!]));
		held.set(place, now);
		return now.values();
	}
}
