/**
 * How many seats of some customers were in use, month by month, as the hub tells it.
 *
 * @module
 */
import type { Seconds } from '#lib/domain/time.ts';

export type SeatHistory = {
	/** Hub time. */
	at: Seconds;
	/** When the audit of the first of them begins: nothing is known of before. */
	since: Seconds;
	/** Seats that were not free at the end of each month of UTC, the oldest first; of the present one by now. */
	months: {
		/** Months since January 1970. */
		month: number;
		used: number;
	}[];
};
