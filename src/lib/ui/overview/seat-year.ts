/**
 * A year of seats in use, month by month. What nobody has told is left out, and never guessed. [DK5]
 *
 * @module
 */
import { monthOf } from '#lib/domain/calendar.ts';
import type { Seconds } from '#lib/domain/time.ts';
import type { SeatHistory } from '#lib/protocol/seat-history.ts';

const MONTHS = 12;

export type SeatMonth = {
	/** Months since January 1970. */
	month: number;
	/** At its end, of the present one by now. Absent: not known. */
	used?: number;
};

export type SeatYear = {
	/** Twelve, the present one last. */
	months: SeatMonth[];
	/** Where the record begins within them. */
	since?: Seconds;
};

/**
 * @param present - Seats in use by now, as the mirror has them: what the hub told of a month that was
 * not over then counts no more.
 */
export function seatYear(history: SeatHistory, present: number, now: Seconds): SeatYear {
	const last = monthOf(now);
	const told = monthOf(history.at);
	const known = new Map(history.months.map(({ month, used }) => [month, used]));
	const months = Array.from({ length: MONTHS }, (_, at): SeatMonth => {
		const month = last - MONTHS + 1 + at;
		if (month === last) return { month, used: present };
		const used = month < told ? known.get(month) : undefined;
		return used === undefined ? { month } : { month, used };
	});
	return monthOf(history.since) > last - MONTHS ? { months, since: history.since } : { months };
}
