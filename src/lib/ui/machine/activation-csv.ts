/**
 * Activations as a list shows them, as cells for a spreadsheet: the machine, then the columns that were
 * chosen. [P11, DK3]
 *
 * @module
 */
import { slotOfAct } from '#lib/domain/seats/allotment.ts';
import type { Seconds } from '#lib/domain/time.ts';
import {
	lastHeard,
	machineName,
	type ActivationLine
} from '#lib/search/activations/activation-summary.ts';
import { writeCsv, type CsvCell } from '#lib/search/csv.ts';
import type { ChipState } from '#lib/ui/base/chip.ts';
import { activationState, type ActivationColumn } from './activation-columns.ts';

type CsvTexts = {
	head: Record<ActivationColumn | 'machine', string>;
	by: Record<'server' | 'offline', string>;
	state: Record<ChipState, string>;
};

export function activationsCsv(
	rows: readonly ActivationLine[],
	{ columns, texts, now }: { columns: readonly ActivationColumn[]; texts: CsvTexts; now: Seconds }
): string {
	const heads = (['machine', ...columns] as const).map((column) => texts.head[column]);
	const cellOf = (row: ActivationLine, column: ActivationColumn): CsvCell => {
		switch (column) {
			case 'system':
				return row.os;
			case 'product':
				return row.title;
			case 'who':
				return row.name;
			case 'granted':
				return { day: row.grantedAt };
			case 'by':
				return texts.by[slotOfAct(row.id) ? 'offline' : 'server'];
			case 'end':
				return row.expiresAt === undefined ? undefined : { day: row.expiresAt };
			case 'heard':
				return { day: lastHeard(row) };
			case 'state':
				return texts.state[activationState(row, now)];
			default:
				return row[column];
		}
	};
	return writeCsv(
		heads,
		rows.map((row) => [machineName(row), ...columns.map((column) => cellOf(row, column))])
	);
}
