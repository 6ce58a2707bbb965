/**
 * The ends of the licenses in the mirror as a calendar, with or without a network. [P13]
 *
 * @module
 */
import { endsOf } from '#lib/domain/licenses/ends.ts';
import { endsCalendar, type CalendarTexts } from '#lib/formats/ends-calendar.ts';
import { deskNow } from '#lib/desk/store/database.ts';
import { mirrorParts } from '#lib/desk/mirror/parts.ts';
import { mirroredLicenses } from '#lib/desk/mirror/mirrored.ts';
import type { StoredLicense } from '#lib/desk/store/mirror-rows.ts';
import { hubOrigin } from '#lib/desk/store/origin.ts';

/** Read at a time. */
const ROWS = 1000;

/** @param texts - In the language of whoever saves it. */
export async function writeEndsCalendar(texts: CalendarTexts): Promise<string> {
	const now = deskNow();
	const ending = new Map<string, StoredLicense>();
	for await (const rows of mirrorParts(mirroredLicenses, ROWS))
		for (const row of rows) {
			ending.delete(row.id);
			if (endsOf(row, now).length > 0) ending.set(row.id, row);
		}
	return endsCalendar([...ending.values()], { texts, hub: hubOrigin(), now });
}
