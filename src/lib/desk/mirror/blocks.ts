/**
 * Rows of the mirror in blocks: one record of a database holds hundreds of them as text, what a row has for
 * itself on each line. A database stores and reads a record nearly as quickly as a row. [SY4]
 *
 * @module
 */

import { alike, rowsOf, type Own } from '#lib/protocol/alike.ts';
import type { BlockRow } from '#lib/desk/store/mirror-rows.ts';

type BlockTexts = Pick<BlockRow, 'like' | 'text'>;

/** So many rows are read for one of them. More are stored no faster. */
export const BLOCK_ROWS = 100;

export function readBlock<R extends object>({ like = '{}', text }: BlockTexts): R[] {
	// One text for the parser is quicker than many; its lines were written by `writeBlock`.
	const rows = JSON.parse(`[${text.replaceAll('\n', ',')}]`) as Own<R>[];
	return rowsOf({ like: JSON.parse(like) as Partial<R>, rows });
}

/** Rows in which the text occurs anywhere: only these are parsed, where it is not what rows have in common. */
export function rowsWith<R extends object>(block: BlockTexts, occurring: string): R[] {
	const { like = '{}', text } = block;
	const sought = JSON.stringify(occurring).slice(1, -1);
	if (like.includes(sought)) return readBlock(block);
	const lines: string[] = [];
	for (let found = text.indexOf(sought); found >= 0;) {
		const begin = text.lastIndexOf('\n', found) + 1;
		const next = text.indexOf('\n', found);
		const end = next < 0 ? text.length : next;
		lines.push(text.slice(begin, end));
		found = text.indexOf(sought, end);
	}
	return lines.length > 0 ? readBlock({ like, text: lines.join('\n') }) : [];
}

/** JSON writes line breaks as `\n`: no line of it has one. */
export function writeBlock(rows: readonly object[]): Required<BlockTexts> {
	const { like, rows: own } = alike(rows);
	return { like: JSON.stringify(like), text: own.map((row) => JSON.stringify(row)).join('\n') };
}
