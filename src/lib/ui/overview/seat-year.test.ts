import { describe, expect, test } from 'vitest';
import { monthStart } from '#lib/domain/calendar.ts';
import { seatYear } from './seat-year.ts';

/** January 2026. */
const JANUARY = 56 * 12;
const at = (month: number, days = 0) => monthStart(JANUARY + month) + days * 86_400;
const told = (months: Record<number, number>) =>
	Object.entries(months).map(([month, used]) => ({ month: JANUARY + Number(month), used }));
const used = (year: ReturnType<typeof seatYear>) => year.months.map((month) => month.used);

describe('seats in use over a year', () => {
	test('[DK5] twelve months, the present one last and as the mirror has it', () => {
		const months = told({
			0: 1,
			1: 2,
			2: 3,
			3: 4,
			4: 5,
			5: 6,
			6: 7,
			7: 8,
			8: 9,
			9: 9,
			10: 8,
			11: 7
		});
		const year = seatYear({ at: at(11, 3), since: at(-30), months }, 6, at(11, 20));
		expect(used(year)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 8, 6]);
		expect(year.months[0]?.month).toBe(JANUARY);
		expect(year.since).toBeUndefined();
	});

	test('[DK5] nothing is said of before the record begins, nor of months that nobody has told', () => {
		const months = told({ 8: 0, 9: 4, 10: 5 });
		const history = { at: at(10, 3), since: at(8, 12), months };
		// Of October, which was not over when it was told, and of November nothing is known in December.
		expect(seatYear(history, 9, at(12, 1))).toEqual({
			since: at(8, 12),
			months: [
				...Array.from({ length: 7 }, (_, month) => ({ month: JANUARY + month + 1 })),
				{ month: JANUARY + 8, used: 0 },
				{ month: JANUARY + 9, used: 4 },
				{ month: JANUARY + 10 },
				{ month: JANUARY + 11 },
				{ month: JANUARY + 12, used: 9 }
			]
		});
	});

	test('[DK5] a record of today alone is one month', () => {
		const year = seatYear({ at: at(5, 2), since: at(5, 1), months: told({ 5: 3 }) }, 3, at(5, 2));
		expect(used(year).filter((each) => each !== undefined)).toEqual([3]);
		expect(year.since).toBe(at(5, 1));
	});
});
