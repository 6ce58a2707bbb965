import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endsWithDay, LATEST_END, monthOf, monthStart, parseDate, utcDay } from './calendar.ts';
import { isRefusal } from './refusal.ts';

const instant = fc.integer({ min: 0, max: LATEST_END });

/** `+05:45` for 20,700 seconds. */
function zoneOf(ahead: number): string {
	const minutes = Math.abs(ahead) / 60;
	const [hour, minute] = [Math.floor(minutes / 60), minutes % 60];
	return `${ahead < 0 ? '-' : '+'}${`${hour}`.padStart(2, '0')}:${`${minute}`.padStart(2, '0')}`;
}

describe('a date as people type it', () => {
	test('[DT1] any day that is said reads back as itself, as its first second or its last', () => {
		fc.assert(
			fc.property(instant, (at) => {
				const day = utcDay(at);
				expect(day).toBe(new Date(at * 1000).toISOString().slice(0, 10));
				const [start, end] = [parseDate(day, 'start'), parseDate(day, 'end')];
				if (isRefusal(start) || isRefusal(end)) return expect.unreachable(day);
				expect([utcDay(start), utcDay(end), end - start]).toEqual([day, day, 86_399]);
				expect(start <= at && at <= end && endsWithDay(end)).toBe(true);
			})
		);
	});

	test('[DT1] any time with a zone is that instant, whatever the day there', () => {
		const quarter = fc.integer({ min: -56, max: 56 }).map((n) => n * 900);
		fc.assert(
			fc.property(fc.integer({ min: 86_400, max: LATEST_END - 86_400 }), quarter, (at, ahead) => {
				const local = new Date((at + ahead) * 1000).toISOString().slice(0, 19);
				expect(parseDate(`${local}${zoneOf(ahead)}`, 'end')).toBe(at);
				expect(parseDate(new Date(at * 1000).toISOString(), 'start')).toBe(at);
			})
		);
	});

	test('[DT1] of four digits, two and two only what the calendar has is a day', () => {
		const digits = (length: number, most: number) =>
			fc.integer({ min: 0, max: most }).map((n) => `${n}`.padStart(length, '0'));
		fc.assert(
			fc.property(digits(4, 9999), digits(2, 20), digits(2, 40), (year, month, date) => {
				const text = `${year}-${month}-${date}`;
				const at = new Date(`${text}T00:00:00Z`);
				const isDay =
					!Number.isNaN(at.getTime()) && at.toISOString().startsWith(text) && at.getTime() >= 0;
				expect(parseDate(text, 'start')).toEqual(
					isDay ? at.getTime() / 1000 : { refused: 'DATE_INVALID', facts: { text } }
				);
			}),
			{ numRuns: 2000 }
		);
	});

	test.each([
		'12.11.2027',
		'11/12/2027',
		'2027-02-30',
		'2027-02-29',
		'2100-02-29',
		'1',
		'2027',
		'2027-12',
		'20271231',
		'2027-1-2',
		'31 Dec 2027',
		'tomorrow',
		'never',
		'',
		'2027-12-31T18:00:00',
		'2027-12-31 18:00:00Z',
		'2027-12-31T24:00:00Z',
		'2027-12-31T18:60:00Z',
		'2027-12-31T18:00:60Z',
		'2027-12-31T18:00:00+1',
		'2027-12-31T18:00:00+25:00',
		'2027-12-31T18:00:00 GMT',
		'+012027-12-31',
		'-000001-12-31',
		'1969-12-31',
		'1970-01-01T00:00:00+01:00',
		'9999-12-31T23:59:59-01:00',
		'２０２７-12-31',
		'2027‑12‑31'
	])('[DT1] “%s” is no date', (text) => {
		expect(parseDate(text, 'end')).toEqual({ refused: 'DATE_INVALID', facts: { text } });
	});
});

test('a month is counted from January 1970, and begins with its first second in UTC', () => {
	expect([monthOf(0), monthStart(0), monthStart(1)]).toEqual([0, 0, 31 * 86_400]);
	fc.assert(
		fc.property(instant, (at) => {
			const month = monthOf(at);
			const start = monthStart(month);
			expect(utcDay(start)).toBe(`${utcDay(at).slice(0, 8)}01`);
			expect([start % 86_400, monthOf(start), monthOf(start - 1)]).toEqual([0, month, month - 1]);
		}),
		{ examples: [[86_400]] }
	);
});
