/**
 * The keys of blocks, held in memory once they were read: they are never changed, only added to and
 * replaced by ones that were merged.
 *
 * @module
 */
import { mergeKeys, type KeyKind, type Keys } from './block-keys.ts';
import type { DeskDatabase } from './database.ts';

/** `ids`: of the records that are merged in it. */
type Held = Keys & { ids: number[] };

const held = new Map<KeyKind, Held[]>();

/** All keys of a kind as they are now, in as few parts as there is no work to be saved by. */
export async function readKeys(
	{ blockKeys }: DeskDatabase,
	kind: KeyKind
): Promise<readonly Keys[]> {
	const ids = await blockKeys.where('kind').equals(kind).primaryKeys();
	const there = new Set(ids);
	const kept = (held.get(kind) ?? []).filter((part) => part.ids.every((id) => there.has(id)));
	const known = new Set(kept.flatMap((part) => part.ids));
	const others = ids.filter((id) => !known.has(id));
	if (others.length > 0)
		for (const row of await blockKeys.bulkGet(others))
			if (row) add(kept, { ids: [row.id], hashes: row.hashes, blocks: row.blocks });
	held.set(kind, kept);
	return kept;
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
