import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { writeCsv, type CsvCell } from './csv.ts';

const cells = (csv: string): string[][] => parse(csv, { bom: true, record_delimiter: '\r\n' });

test('[DK2] rows are written for spreadsheets: byte order mark, ISO days, quotes where needed', () => {
	const rows = [
		['Exämple, GmbH', 'says "no"', 4, { day: 1_800_000_000 }],
		['two\nlines', '', -1, undefined]
	];
	expect(writeCsv(['Customer', 'Name', 'Free', 'Expires'], rows)).toBe(
		[
			'\uFEFFCustomer,Name,Free,Expires',
			'"Exämple, GmbH","says ""no""",4,2027-01-15',
			'"two\nlines",,-1,',
			''
		].join('\r\n')
	);
});

test.each([
	['=1+1', "'=1+1"],
	['+49 30 1234', "'+49 30 1234"],
	['-2', "'-2"],
	['@SUM(A1)', "'@SUM(A1)"],
	['\t=1', "'\t'=1"],
	['\r=1', "'\r'=1"],
	['"=1', `'"=1`],
	['a;"=1', `a;'"=1`],
	[' =1', "' =1"],
	['＝1', "'＝1"],
	['a;=1', "a;'=1"],
	['a\n=1', "a\n'=1"],
	['a-b, =c', 'a-b, =c']
])('[DK2] a text that could be a formula is a text: %j', (text, harmless) => {
	expect(cells(writeCsv([text], [[text]]))).toEqual([[harmless], [harmless]]);
});

const nasty = fc.string({
	unit: fc.oneof(
		fc.constantFrom(...Array.from('=+-@\t\r\n;|,"\' a1＝ä')),
		fc.string({ unit: 'grapheme' })
	)
});
const cell: fc.Arbitrary<CsvCell> = fc.oneof(
	nasty,
	fc.integer(),
	fc.constant(undefined),
	fc.record({ day: fc.integer({ min: 0, max: 253_402_300_799 }) })
);
const table = fc
	.integer({ min: 1, max: 6 })
	.chain((width) =>
		fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1 })
	);

test('[DK2] every cell is read as it was, but for apostrophes before what could be a formula', () => {
	fc.assert(
		fc.property(table, (rows) => {
			const [heads = [], ...read] = cells(
				writeCsv(
					rows[0]!.map(() => 'head'),
					rows
				)
			);
			expect(heads).toHaveLength(rows[0]!.length);
			expect(read).toHaveLength(rows.length);
			for (const [at, row] of rows.entries())
				for (const [place, cell] of row.entries()) {
					const said = read[at]![place]!;
					if (typeof cell === 'string')
						expect(said.replaceAll("'", '')).toBe(cell.replaceAll("'", ''));
					else if (typeof cell === 'number') expect(Number(said)).toBe(cell);
					else if (cell) expect(Date.parse(said) / 1000).toBe(cell.day - (cell.day % 86_400));
					else expect(said).toBe('');
				}
		})
	);
});

test('[DK2] no cell begins a formula, wherever a spreadsheet splits the lines', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(nasty, nasty, nasty)), (rows) => {
			const csv = writeCsv(['A', 'B', 'C'], rows).slice(1);
			// As a spreadsheet that minds no quotes within a cell.
			const torn = csv.split(/[\r\n;\t|]/).map((piece) => piece.replace(/^"+/, ''));
			for (const cell of [...cells(csv).flat(), ...torn])
				expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠]|^[\t\r]/);
		})
	);
});
