/**
 * Requests as their list shows them, for a spreadsheet: the machine, then the columns that were chosen.
 * [DK3, DK7]
 *
 * @module
 */
import type { Seconds } from '#lib/domain/time.ts';
import type { RequestLine } from '#lib/desk/requests/request-query.ts';
import { writeCsv, type CsvCell } from '#lib/search/csv.ts';
import type { ChipState } from '#lib/ui/base/chip.ts';
import type { RequestColumn } from '#lib/ui/request/request-columns.ts';
import { requestChip } from '#lib/ui/request/request-state.ts';

type CsvTexts = {
	/** What the columns are called. */
	head: Record<RequestColumn | 'machine', string>;
	kind: Record<'activation-request' | 'return', string>;
	state: Readonly<Record<ChipState, string>>;
};

/** @param now - The desk's own time: a seat may have become free by it. */
export function requestsCsv(
	lines: readonly RequestLine[],
	{ columns, texts, now }: { columns: readonly RequestColumn[]; texts: CsvTexts; now: Seconds }
): string {
	const day = (seconds: Seconds | undefined): CsvCell =>
		seconds === undefined ? undefined : { day: seconds };
	const cellOf = ({ view, ...line }: RequestLine, column: RequestColumn): CsvCell => {
		switch (column) {
			case 'kind':
				return texts.kind[view.kind ?? 'activation-request'];
			case 'number':
				return view.number;
			case 'who':
				return view.summary.name;
			case 'system':
				return view.summary.os;
			case 'version':
				return view.summary.version;
			case 'when':
				return day(view.storedAt);
			case 'answered':
				return day(view.answeredAt);
			case 'saved':
				return day(view.answerSavedAt ?? view.savedAt);
			case 'state':
				return texts.state[requestChip(view, now)];
			default:
				return line[column];
		}
	};
	const heads = (['machine', ...columns] as const).map((column) => texts.head[column]);
	return writeCsv(
		heads,
		lines.map((line) => [line.machine, ...columns.map((column) => cellOf(line, column))])
	);
}
