/**
 * Puts activations as a list shows them into a file for a spreadsheet.
 *
 * @module
 */
import { utcDay } from '#lib/domain/calendar.ts';
import type { ActivationLine } from '#lib/search/activations/activation-summary.ts';
import { activationsTexts } from '#lib/messages/activations.ts';
import { now } from '#lib/ui/base/now.svelte.ts';
import { words } from '#lib/ui/base/words.svelte.ts';
import { saveBlob } from '#lib/ui/carry/save.ts';
import type { ActivationColumn } from '#lib/ui/machine/activation-columns.ts';
import { activationsCsv } from '#lib/ui/machine/activation-csv.ts';

export function saveActivationsCsv(
	rows: readonly ActivationLine[],
	columns: readonly ActivationColumn[]
): void {
	// As they are: marks around what people typed belong to screens, not to cells.
	const { column: head, by } = activationsTexts[words.language];
	const texts = { head, by, state: words.t.state };
	const text = activationsCsv(rows, { columns, texts, now: now.seconds });
	const blob = new Blob([text], { type: 'text/csv;charset=utf-8' });
	saveBlob(blob, `activations-${utcDay(now.seconds)}.csv`);
}
