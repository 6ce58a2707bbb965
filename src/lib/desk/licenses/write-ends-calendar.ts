/**
 * The ends of what this desk holds as a calendar. [P13]
 *
 * @module
 */
import { endsOf } from '#lib/domain/ends.ts';
import { endsCalendar, type CalendarTexts } from '#lib/formats/ends-calendar.ts';
import { deskNow, strict } from '#lib/desk/store/database.ts';

export async function writeEndsCalendar(texts: CalendarTexts): Promise<string> {
	const now = deskNow();
	const ending = strict.licenses.filter((row) => endsOf(row, now).length > 0);
	return endsCalendar(await ending.toArray(), { texts, now });
}
