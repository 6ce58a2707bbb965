/**
 * All rows of the mirror, and how many there are: what a list in memory is made of. A look at one license
 * needs none of it.
 *
 * @module
 */
import { blocksWith, placesOf } from './block-keys.ts';
import { BLOCK_ROWS, readBlock } from './blocks.ts';
import { strict } from '#lib/desk/store/database.ts';
import type { KeyKind, MirroredRow } from '#lib/desk/store/mirror-rows.ts';
import { readKeys } from './keys-in-memory.ts';
import type { Mirrored } from './mirrored.ts';

/**
 * All rows, part by part, each in a transaction of its own; one that lies on top or changes meanwhile may come
 * twice, the newer one last.
 *
 * @param most - Rows in a part, about.
 * @param topParts - How what lies on top is read.
 */
export async function* mirrorParts<R extends MirroredRow>(
	mirrored: Mirrored<R>,
	most: number,
	topParts: (most: number) => AsyncIterable<R[]> = (size) => topById(mirrored, size)
): AsyncGenerator<R[]> {
	const atOnce = Math.max(1, Math.round(most / BLOCK_ROWS));
	let after = 0;
	// What is folded into blocks while the top is read lies in newer blocks than those that were read.
	for (let round = 0; ; round++) {
		let isOver = true;
		for (;;) {
			const part = await blocksAfter(mirrored, after, atOnce);
			if (!part) break;
			after = part.last;
			isOver = false;
			if (part.rows.length > 0) yield part.rows;
		}
		if (round > 0 && isOver) return;
		if (round === 0) yield* topParts(most);
	}
}

function blocksAfter<R extends MirroredRow>(
	mirrored: Mirrored<R>,
	after: number,
	most: number
): Promise<{ rows: R[]; last: number } | undefined> {
	const { top, blocks } = mirrored;
	return strict.transaction('r', [top, blocks], async () => {
		const some = await blocks.where(':id').above(after).limit(most).toArray();
		const last = some.at(-1);
		if (!last) return undefined;
		const rows = await mirrored.newest(some.flatMap((block) => readBlock<R>(block)));
		return { rows, last: last.id };
	});
}

async function* topById<R extends MirroredRow>(
	{ top }: Mirrored<R>,
	most: number
): AsyncGenerator<R[]> {
	let after = '';
	for (;;) {
		const rows = await top.where(':id').above(after).limit(most).toArray();
		const last = rows.at(-1);
		if (!last) return;
		yield rows;
		after = last.id;
	}
}

export async function countMirrored<R extends MirroredRow>({
	shape: { table },
	top
}: Mirrored<R>): Promise<number> {
	let count = 0;
	const live = new Set<number>();
	await strict.blockNames
		.where('table')
		.equals(table)
		.each(({ block, names }) => {
			live.add(block);
			count += names.split('\n').length;
		});
	const onTop = await top.toCollection().primaryKeys();
	const kind = `${table}.id` as KeyKind;
	const keys = await readKeys(strict, kind, placesOf(kind, onTop));
	for (const id of onTop)
		// Two ids of one number are as good as never met.
		if (![...blocksWith(keys, id)].some((block) => live.has(block))) count++;
	return count;
}
