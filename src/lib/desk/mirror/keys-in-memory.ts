/**
 * The keys of blocks, held in memory once they were read: a record of them is never changed, only added
 * and, once it is merged with others, removed. So while a kind has the same records as before, one question says
 * that all that is held of it still stands.
 *
 * @module
 */
import type { DeskDatabase } from '#lib/desk/store/database.ts';
import type { KeyKind, Keys, KeysPlace } from '#lib/desk/store/mirror-rows.ts';

/** What is held of a kind. */
type Held = {
	/** All records that it had when its places were asked for. */
	ids: readonly number[];
	/** Records at a place. */
	places: Map<KeysPlace, readonly number[]>;
	keys: Map<number, Keys>;
};

const held = new Map<KeyKind, Held>();

/** After every place of a kind. */
const LAST = '/\uFFFF';

/**
 * The keys of a kind that lie at some of its places now.
 *
 * @param places - Of that kind.
 */
export function readKeys(
	connection: DeskDatabase,
	kind: KeyKind,
	places: readonly KeysPlace[]
): PromiseLike<Keys[]> {
	const { blockKeys } = connection;
	// All of one moment: what is merged meanwhile is not half seen.
	return connection.transaction('r', blockKeys, async () => {
		const ids = await blockKeys
			.where('kind')
			.between(kind, kind + LAST)
			.primaryKeys();
		const before = held.get(kind);
		const isSame =
			before?.ids.length === ids.length && ids.every((id, at) => id === before.ids[at]);
		const known = new Map(isSame ? before.places : []);
		const unknown = places.filter((place) => !known.has(place));
		const asked = await Promise.all(
			unknown.map((place) => blockKeys.where('kind').equals(place).primaryKeys())
		);
		for (const [at, place] of unknown.entries()) known.set(place, asked[at]!);
		const keys = new Map([...(before?.keys ?? [])].filter(([id]) => isSame || ids.includes(id)));
		const meant = places.flatMap((place) => known.get(place)!);
		const others = meant.filter((id) => !keys.has(id));
		const read = others.length > 0 ? await blockKeys.bulkGet(others) : [];
		for (const row of read) if (row) keys.set(row.id, row);
		held.set(kind, { ids, places: known, keys });
		return meant.map((id) => keys.get(id)!);
	});
}
