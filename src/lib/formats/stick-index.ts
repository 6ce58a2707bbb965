/**
 * The index of a stick: one text that a person reads and the command line reads. It says whose the stick is
 * and what should be on it, and vouches for nothing: only signed files decide what is loaded. [SK2]
 *
 * @module
 */
import { ZIP_ENTRY_LIMIT } from './zip.ts';

export const STICK_INDEX = 'index.txt';

const FIRST_LINE = 'KEYFERRY STICK 1';
const BETWEEN = ' | ';
const LINE_LIMIT = 400;

/** Whose it is, and of which day (`2026-11-29`). The site is empty where nobody has named one. */
export type StickHead = { customer: string; site: string; day: string };

export type StickIndex = StickHead & {
	/** Names of the files that were put on it. */
	files: string[];
};

/**
 * @param lines - For people: what to do with it. None of them is read again.
 * @param rows - A line for each file, its name first; the first one names the columns.
 */
export function writeStickIndex(
	{ customer, site, day }: StickHead,
	{ lines, rows }: { lines: readonly string[]; rows: readonly (readonly string[])[] }
): string {
	const cells = rows.map((row) => row.map(inOneLine));
	const widths = cells.reduce<number[]>(
		(most, row) => row.map((cell, at) => Math.max(cell.length, most[at] ?? 0)),
		[]
	);
	const table = cells.map((row) =>
		row
			.map((cell, at) => cell.padEnd(widths[at] ?? 0))
			.join(BETWEEN)
			.trimEnd()
	);
	const head = [FIRST_LINE, day, customer, site].map(inOneLine);
	return [...head, '', ...lines.map(inOneLine), '', ...table, ''].join('\r\n');
}

/** @returns `undefined` where the text is no index of a stick. */
export function readStickIndex(text: string): StickIndex | undefined {
	const [first, day = '', customer = '', site = '', ...rest] = text.split(/\r?\n/);
	if (first?.trim() !== FIRST_LINE || !/^\d{4}-\d\d-\d\d$/.test(day)) return undefined;
	const [, ...rows] = rest.filter((line) => line.includes(BETWEEN)).slice(0, ZIP_ENTRY_LIMIT + 1);
	const files = rows.map((row) => row.slice(0, row.indexOf(BETWEEN)).trim().slice(0, LINE_LIMIT));
	return { day, customer: customer.slice(0, LINE_LIMIT), site: site.slice(0, LINE_LIMIT), files };
}

/** No text that a person typed begins a line or a column of its own. */
function inOneLine(text: string): string {
	return text
		.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
		.replaceAll('|', '/')
		.trim();
}
