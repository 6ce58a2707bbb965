/**
 * A list of resources as text: each row is judged by itself, those that are whole are imported, and the
 * same list again goes on after them. [RS2]
 *
 * @module
 */
import { parse, CsvError } from 'csv-parse/sync';
import type { Cells } from '#lib/domain/licenses/imported-rows.ts';
import type { Seconds } from '#lib/domain/time.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import {
	judgeResource,
	resourceColumns,
	type NewResource,
	type LicenseHere
} from '#lib/domain/site/resource.ts';
import type { LineProblem, ListOutcome } from '#lib/protocol/site-console.ts';
import type { Resources } from './resources.ts';

const MOST_ROWS = 10_000;
const MOST_PROBLEMS = 50;

export type ListRow = { line: number; cells: Cells };

/** Whatever tables are saved as: commas, semicolons or tabs, with or without a mark of their order. */
function readList(text: string): ListRow[] | Refusal<'LIST_UNREADABLE'> {
	const [first = ''] = text.split(/\r\n|\n|\r/);
	const delimiter = [',', ';', '\t'].reduce((best, sign) =>
		first.split(sign).length > first.split(best).length ? sign : best
	);
	let found: { record: string[]; info: { lines: number } }[];
	try {
		// Sound: with `info`, each row comes with where it was.
		found = parse(text, {
			bom: true,
			delimiter,
			info: true,
			trim: true,
			skip_empty_lines: true,
			relax_column_count: true,
			max_record_size: 100_000
		}) as unknown as typeof found;
	} catch (error) {
		if (!(error instanceof CsvError)) throw error;
		return refuse('LIST_UNREADABLE', { reason: 'quotation', line: Number(error.lines ?? 0) });
	}
	const [head, ...rows] = found;
	if (!head) return refuse('LIST_UNREADABLE', { reason: 'empty', line: 1 });
	if (rows.length > MOST_ROWS)
		return refuse('LIST_UNREADABLE', { reason: 'too-many-rows', line: MOST_ROWS });
	const columns = head.record.map((name) => name.toLowerCase());
	const known: readonly string[] = [...resourceColumns.needed, ...resourceColumns.optional];
	if (resourceColumns.needed.some((name) => !columns.includes(name)))
		return refuse('LIST_UNREADABLE', { reason: 'name-column-missing', line: 1 });
	if (columns.some((name, at) => !known.includes(name) || columns.indexOf(name) !== at))
		return refuse('LIST_UNREADABLE', { reason: 'unknown-column', line: 1 });
	return rows.map(({ record, info }) => ({
		line: info.lines,
		cells: Object.fromEntries(columns.map((name, at) => [name, record[at]]))
	}));
}

type ImportOptions = {
	licenses: readonly LicenseHere[];
	/** Number of the license for rows that name none. */
	chosen?: string;
	/** Say what is wrong, and import nothing. */
	dryRun?: boolean;
	now: Seconds;
};

export function importList(
	resources: Resources,
	text: string,
	options: ImportOptions
): ListOutcome | Refusal<'LIST_UNREADABLE'> {
	const rows = readList(text);
	return 'refused' in rows ? rows : importRows(resources, rows, options);
}

/** Rows as a list has them. */
export function importRows(
	resources: Resources,
	rows: readonly ListRow[],
	{ licenses, chosen, dryRun = false, now }: ImportOptions
): ListOutcome {
	const problems: LineProblem[] = [];
	const whole: { line: number; resource: NewResource }[] = [];
	const seen = new Set<string>();
	for (const { line, cells } of rows) {
		const judged = judgeResource(cells, { licenses, chosen });
		if (Array.isArray(judged)) {
			problems.push(...judged.map((problem) => ({ ...problem, line })));
			continue;
		}
		const key = `${judged.product}\n${judged.name}`;
		const taken = resources.find(judged.product, judged.name);
		const value = judged.name;
		if (seen.has(key)) problems.push({ line, column: 'name', fault: 'twice-in-the-file', value });
		else if (taken && taken.license !== judged.license)
			problems.push({ line, column: 'name', fault: 'name-taken', value });
		else whole.push({ line, resource: judged });
		seen.add(key);
	}
	const wanted = whole.map(({ resource }) => resource);
	const outcome = dryRun
		? wanted.map(({ product, name }) => (resources.find(product, name) ? 'known' : 'imported'))
		: resources.add(wanted, now);
	return {
		rows: rows.length,
		imported: outcome.filter((each) => each === 'imported').length,
		known: outcome.filter((each) => each === 'known').length,
		wrong: rows.length - whole.length,
		problems: problems.slice(0, MOST_PROBLEMS)
	};
}
