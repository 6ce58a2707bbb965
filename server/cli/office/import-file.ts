/**
 * A table in a file, row by row: however it is written, each row with its line, and never all of it in
 * memory. [IM1]
 *
 * @module
 */
import { createReadStream, openSync, readSync, closeSync } from 'node:fs';
import { parse, CsvError } from 'csv-parse';
import type { Cells } from '#lib/domain/licenses/imported-rows.ts';
import { UsageError } from '#server/cli/base/outcome.ts';

export type TableRow = { line: number; cells: Cells; bytes: number };

/** What the file as a whole is: where that is wrong, no row of it can be read. */
export type RowOfTable = TableRow | { line: number; fault: string };

const HEAD_BYTES = 65_536;
/** A row that does not end is a quote that was not closed. */
const RECORD_LIMIT = 100_000;

type Shape = { encoding: 'utf8' | 'utf-16le'; delimiter: string };

/** By its first line: UTF-8 or UTF-16, and commas, semicolons or tabs. */
function shapeOf(path: string): Shape {
	const head = Buffer.alloc(HEAD_BYTES);
	const file = openSync(path, 'r');
	const length = readSync(file, head, 0, HEAD_BYTES, 0);
	closeSync(file);
	if (head[0] === 0xfe && head[1] === 0xff)
		throw new UsageError('The file is UTF-16 with its bytes swapped: save it as UTF-8.');
	const encoding = head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : 'utf8';
	const [first = ''] = head
		.subarray(0, length)
		.toString(encoding)
		.split(/\r\n|\n|\r/);
	const counts = [',', ';', '\t'].map((sign) => [sign, first.split(sign).length] as const);
	const [delimiter] = counts.reduce((best, each) => (each[1] > best[1] ? each : best));
	return { encoding, delimiter };
}

/** @throws `UsageError` where the columns are not those of the kind. */
export async function* readRows(
	path: string,
	{ needed, optional }: { needed: readonly string[]; optional: readonly string[] }
): AsyncGenerator<RowOfTable> {
	const { encoding, delimiter } = shapeOf(path);
	const source = createReadStream(path, { encoding });
	const rows = source.pipe(
		parse({
			bom: true,
			delimiter,
			info: true,
			trim: true,
			skip_empty_lines: true,
			relax_column_count: true,
			max_record_size: RECORD_LIMIT
		})
	);
	let columns: string[] | undefined;
	try {
		for await (const found of rows) {
			const { record, info } = found as {
				record: string[];
				info: { lines: number; bytes: number };
			};
			const { lines: line, bytes } = info;
			if (!columns) {
				columns = columnsOf(record, { needed, optional });
				continue;
			}
			if (record.length !== columns.length) {
				const fault = `there are ${record.length} cells in ${columns.length} columns`;
				yield { line, fault };
				continue;
			}
			yield {
				line,
				bytes,
				cells: Object.fromEntries(columns.map((name, at) => [name, record[at]]))
			};
		}
	} catch (error) {
		if (!(error instanceof CsvError)) throw error;
		yield {
			line: Number(error.lines ?? 0),
			fault: 'a quotation mark is out of place: what follows cannot be read'
		};
	}
	if (!columns) throw new UsageError('The file is empty.');
}

function columnsOf(
	head: readonly string[],
	{ needed, optional }: { needed: readonly string[]; optional: readonly string[] }
): string[] {
	const columns = head.map((name) => name.trim().toLowerCase());
	const known = [...needed, ...optional];
	const unknown = columns.filter((name) => !known.includes(name));
	const missing = needed.filter((name) => !columns.includes(name));
	const twice = columns.filter((name, at) => columns.indexOf(name) !== at);
	const faults = [
		missing.length > 0 && `columns are missing: ${missing.join(', ')}`,
		unknown.length > 0 && `there are unknown columns: ${unknown.join(', ')}`,
		twice.length > 0 && `columns are there twice: ${twice.join(', ')}`
	].filter(Boolean);
	if (faults.length > 0)
		throw new UsageError(
			`In the first line, ${faults.join('; ')}. There may be ${known.join(', ')}.`
		);
	return columns;
}
