/**
 * The ends of the licenses in the mirror as a calendar, with or without a network. [P13]
 *
 * @module
 */
import { endsOf } from '#lib/domain/ends.ts';
import { endsCalendar, type CalendarTexts } from '#lib/formats/ends-calendar.ts';
import { deskNow, strict } from '#lib/desk/store/database.ts';
import { hubOrigin } from '#lib/desk/store/origin.ts';

/** @param texts - In the language of whoever saves it. */
export async function writeEndsCalendar(texts: CalendarTexts): Promise<string> {
	const now = deskNow();
	const ending = await strict.licenses.filter((row) => endsOf(row, now).length > 0).toArray();
	return endsCalendar(ending, { texts, hub: hubOrigin(), now });
}
