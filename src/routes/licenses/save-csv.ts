/**
 * Puts licenses as a list shows them into a file for a spreadsheet.
 *
 * @module
 */
import { utcDay } from '#lib/domain/calendar.ts';
import type { LicenseSummary } from '#lib/search/licenses/license-summary.ts';
import { licensesTexts } from '#lib/messages/licenses.ts';
import { now } from '#lib/ui/base/now.svelte.ts';
import { words } from '#lib/ui/base/words.svelte.ts';
import { saveBlob } from '#lib/ui/carry/save.ts';
import type { LicenseColumn } from '#lib/ui/license/license-columns.ts';
import { licensesCsv } from '#lib/ui/license/license-csv.ts';

export function saveCsv(
	licenses: readonly LicenseSummary[],
	columns: readonly LicenseColumn[]
): void {
	// As they are: marks around what people typed belong to screens, not to cells.
	const { column, usedSeats, endsSoon } = licensesTexts[words.language];
	const texts = { head: { ...column, used: usedSeats }, state: words.t.state, endsSoon };
	const text = licensesCsv(licenses, { columns, texts, now: now.seconds });
	const blob = new Blob([text], { type: 'text/csv;charset=utf-8' });
	saveBlob(blob, `licenses-${utcDay(now.seconds)}.csv`);
}
