/**
 * The ends of licenses as one calendar, by server and desk alike: an end that is read from both is one
 * entry. [P13]
 *
 * @module
 */
import { endsOf, type End } from '../domain/licenses/ends.ts';
import type { Seconds } from '../domain/time.ts';
import { writeIcs } from './ics.ts';

export type CalendarLicense = Parameters<typeof endsOf>[0] & {
	id: string;
	number: string;
	title: string;
	edition: string;
	customer: string;
};

export type CalendarTexts = {
	name: string;
	end: Record<End['what'], (what: string) => string>;
	of: (number: string, customer: string) => string;
};

/** @param about - `hub` is the address at which licenses are looked at, where one is known. */
export function endsCalendar(
	licenses: readonly CalendarLicense[],
	{ texts, hub, now }: { texts: CalendarTexts; hub?: string; now: Seconds }
): string {
	const days = licenses.flatMap((license) => {
		const { id, number, title, edition, customer } = license;
		return endsOf(license, now).map(({ what, at }) => ({
			uid: `${id}-${what === 'maintenance' ? 'maintenance' : 'expiry'}@keyferry`,
			at,
			summary: texts.end[what](`${title} ${edition}`),
			description: texts.of(number, customer),
			url: hub === undefined ? undefined : `${hub}/#/licenses/${id}`
		}));
	});
	return writeIcs(
		days.sort((a, b) => a.at - b.at || (a.uid < b.uid ? -1 : 1)),
		{ name: texts.name, now }
	);
}
