/**
 * How a product was used at a site, hour by hour. [US1]
 *
 * @module
 */
import { utcDay } from '../calendar.ts';

export const HOUR_SECONDS = 3600;

export type UsageHour = {
	/** Hours since 1970, UTC. */
	hour: number;
	/** The most clients at once. */
	peak: number;
	/** Claims that were refused for want of a lease. */
	denied: number;
	/** The most clients in line at once. */
	waiting: number;
};

/** Where a product stands: clients that hold a lease, and that are in line. */
export type UsageNow = { inUse: number; waiting: number };

export function beginHour(hour: number, { inUse, waiting }: UsageNow): UsageHour {
	return { hour, peak: inUse, denied: 0, waiting };
}

export function seenIn(current: UsageHour, { inUse, waiting }: UsageNow): UsageHour {
	return {
		...current,
		peak: Math.max(current.peak, inUse),
		waiting: Math.max(current.waiting, waiting)
	};
}

/** What two counts of one hour say together: after a restart it goes on. */
export function joinHours(one: UsageHour, other: UsageHour): UsageHour {
	return {
		hour: one.hour,
		peak: Math.max(one.peak, other.peak),
		denied: one.denied + other.denied,
		waiting: Math.max(one.waiting, other.waiting)
	};
}

/** Nothing happened in it. */
export function isQuiet({ peak, denied, waiting }: UsageHour): boolean {
	return peak === 0 && denied === 0 && waiting === 0;
}

/** One bar of a chart: an hour, or a day of them. */
export type UsageBar = UsageHour & { /** Hours that it stands for. */ hours: number };

/**
 * Every bar from `from` on, those in which nothing happened too.
 *
 * @param step - Hours in a bar; the first begins at a whole multiple of them, so that 24 are a day of UTC.
 */
export function usageBars(
	hours: readonly UsageHour[],
	{ from, to, step }: { from: number; to: number; step: number }
): UsageBar[] {
	const begin = Math.floor(from / step) * step;
	const bars: UsageBar[] = [];
	for (let hour = begin; hour < to; hour += step)
		bars.push({ ...beginHour(hour, { inUse: 0, waiting: 0 }), hours: step });
	for (const each of hours) {
		const at = Math.floor((each.hour - begin) / step);
		const bar = bars[at];
		if (bar) bars[at] = { ...bar, ...joinHours(bar, each) };
	}
	return bars;
}

/** For spreadsheets: times in UTC, numbers, and product codes, which hold no sign of their own. */
export function usageCsv(hours: readonly (UsageHour & { product: string })[]): string {
	const rows = hours.map(({ product, hour, peak, denied, waiting }) => {
		const at = `${utcDay(hour * HOUR_SECONDS)}T${String(hour % 24).padStart(2, '0')}:00Z`;
		return [at, product, peak, denied, waiting].join(',');
	});
	return ['hour,product,peak,denied,waiting', ...rows, ''].join('\r\n');
}
