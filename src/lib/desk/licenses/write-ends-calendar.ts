/**
 * Licenses of the mirror that have an end to show in a calendar. [P13]
 *
 * @module
 */
import { endsOf } from '#lib/domain/ends.ts';
import type { CalendarLicense } from '#lib/formats/ends-calendar.ts';
import { deskNow, strict } from '#lib/desk/store/database.ts';

export async function readEnding(): Promise<CalendarLicense[]> {
	const now = deskNow();
	return strict.licenses.filter((row) => endsOf(row, now).length > 0).toArray();
}
