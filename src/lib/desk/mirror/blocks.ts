/**
 * Rows of the mirror in blocks: one record of a database holds hundreds of them as text, a row on each
 * line. A database stores and reads a record nearly as quickly as a row. [SY4]
 *
 * @module
 */

/** So many rows are read for one of them. More are stored no faster. */
export const BLOCK_ROWS = 100;

export function readLines<R>(text: string): R[] {
	// One text for the parser is quicker than many; its rows were written by `writeLines`.
	return JSON.parse(`[${text.replaceAll('\n', ',')}]`) as R[];
}

/** Rows in which the text occurs anywhere: only these are parsed. */
export function rowsWith<R>(text: string, occurring: string): R[] {
	const sought = JSON.stringify(occurring).slice(1, -1);
	const rows: R[] = [];
	for (let found = text.indexOf(sought); found >= 0;) {
		const begin = text.lastIndexOf('\n', found) + 1;
		const next = text.indexOf('\n', found);
		const end = next < 0 ? text.length : next;
		rows.push(JSON.parse(text.slice(begin, end)) as R);
		found = text.indexOf(sought, end);
	}
	return rows;
}
