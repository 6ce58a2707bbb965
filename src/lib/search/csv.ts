/**
 * Rows of a list as CSV (RFC 4180) for spreadsheets: UTF-8 with a byte order mark, days as ISO 8601
 * writes them, and nothing that a spreadsheet would run. [DK2]
 *
 * @module
 */
import type { Seconds } from '#lib/domain/time.ts';

/** An end is written as its day in UTC; what is absent is an empty cell. */
export type CsvCell = string | number | { day: Seconds } | undefined;

const BYTE_ORDER_MARK = '\uFEFF';
const LINE_END = '\r\n';

/** What spreadsheets take for the beginning of a formula, also in the letters of wide scripts. */
const FORMULA = /^(?:[\s"]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|[\t\r])/;
/** Those that split cells at semicolons or tabs, as in much of Europe, find one inside a cell as well. */
const INNER_FORMULA = /([;|\t\r\n])(?=[\s"]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|[\t\r])/g;
const SPECIAL = /[",;\r\n\t]|^\s|\s$/;

/**
 * @param heads - What the columns are called.
 * @param rows - A cell for each column.
 */
export function writeCsv(heads: readonly string[], rows: Iterable<readonly CsvCell[]>): string {
	const lines = [heads.map(written).join(',')];
	for (const row of rows) lines.push(row.map(written).join(','));
	return `${BYTE_ORDER_MARK}${lines.join(LINE_END)}${LINE_END}`;
}

function written(cell: CsvCell): string {
	if (cell === undefined) return '';
	if (typeof cell === 'number') return String(cell);
	if (typeof cell === 'object') return new Date(cell.day * 1000).toISOString().slice(0, 10);
	const text = harmless(cell);
	return SPECIAL.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** An apostrophe before what could be a formula makes it a text. */
function harmless(text: string): string {
	const inside = text.replace(INNER_FORMULA, "$1'");
	return FORMULA.test(inside) ? `'${inside}` : inside;
}
