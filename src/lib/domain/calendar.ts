/**
 * Dates as people type them. There is one calendar, that of UTC: an end is the same day in every text,
 * whoever reads it and wherever. [DT1]
 *
 * @module
 */
import { refuse, type Refusal } from './refusal.ts';
import { DAY_SECONDS, type Seconds } from './time.ts';

/** The last second of the last year that is written with four digits. */
export const LATEST_END: Seconds = 253_402_300_799;

/** A day, or a time with its zone (RFC 3339). Fractions of a second are dropped. */
const FORM =
	/^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?:Z|([+-])(\d{2}):(\d{2})))?$/;

/**
 * @param day - What a day without a time means: its first second, or its last, to which what runs until
 * that day runs.
 * @returns From 1970 to 9999, else `DATE_INVALID`.
 */
export function parseDate(text: string, day: 'start' | 'end'): Seconds | Refusal<'DATE_INVALID'> {
	// Groups that took no part are undefined, whatever the types say.
	const [form, ...parts] = (FORM.exec(text.trim()) ?? []) as (string | undefined)[];
	const [year = 0, month = 0, date = 0, hour, minute = 0, second = 0] = parts
		.slice(0, 6)
		.map((part) => (part === undefined ? undefined : Number(part)));
	const midnight = daysSince1970(year, month, date) * DAY_SECONDS;
	// The only check of months and leap years: what is no day of the calendar comes back as another.
	const isDay = form !== undefined && utcDay(midnight) === form.slice(0, 10);
	const [sign, zoneHour, zoneMinute] = [
		parts[6],
		Number(parts[7] ?? 0),
		Number(parts[8] ?? 0)
	] as const;
	const isTime = (hour ?? 0) < 24 && minute < 60 && second < 60 && zoneHour < 24 && zoneMinute < 60;
	if (!isDay || midnight < 0 || !isTime) return refuse('DATE_INVALID', { text });
	if (hour === undefined) return day === 'start' ? midnight : midnight + DAY_SECONDS - 1;
	const ahead = (sign === '-' ? -1 : 1) * (zoneHour * 3600 + zoneMinute * 60);
	const at = midnight + hour * 3600 + minute * 60 + second - ahead;
	return at < 0 || at > LATEST_END ? refuse('DATE_INVALID', { text }) : at;
}

/** Whether an end is that of a whole day, as one given by its day is. */
export function endsWithDay(at: Seconds): boolean {
	return at % DAY_SECONDS === DAY_SECONDS - 1;
}

/** `2027-12-31`: the day in UTC that a time is part of. */
export function utcDay(at: Seconds): string {
	const days = Math.floor(at / DAY_SECONDS) + DAYS_BEFORE_1970;
	const era = Math.floor(days / DAYS_OF_ERA);
	const inEra = days - era * DAYS_OF_ERA;
	const yearOfEra = Math.floor(
		(inEra - Math.floor(inEra / 1460) + Math.floor(inEra / 36_524) - Math.floor(inEra / 146_096)) /
			365
	);
	const inYear =
		inEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
	const monthFromMarch = Math.floor((5 * inYear + 2) / 153);
	const date = inYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
	const month = ((monthFromMarch + 2) % 12) + 1;
	const year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0);
	return `${padded(year, 4)}-${padded(month, 2)}-${padded(date, 2)}`;
}

/** Months since January 1970, in UTC: the next one is one more. */
export function monthOf(at: Seconds): number {
	const [year, month] = utcDay(at).split('-');
	return (Number(year) - 1970) * 12 + Number(month) - 1;
}

/** The first second of a month, counted as {@link monthOf} does. */
export function monthStart(month: number): Seconds {
	return daysSince1970(1970 + Math.floor(month / 12), (month % 12) + 1, 1) * DAY_SECONDS;
}

/** The calendar repeats every 400 years; years are counted from March, so that a leap day is the last. */
const DAYS_OF_ERA = 146_097;
const DAYS_BEFORE_1970 = 719_468;

function daysSince1970(year: number, month: number, date: number): number {
	const fromMarch = month <= 2 ? year - 1 : year;
	const leapDays =
		Math.floor(fromMarch / 4) - Math.floor(fromMarch / 100) + Math.floor(fromMarch / 400);
	const daysOfMonths = Math.floor((153 * ((month + 9) % 12) + 2) / 5);
	return 365 * fromMarch + leapDays + daysOfMonths + date - 1 - DAYS_BEFORE_1970;
}

function padded(value: number, digits: number): string {
	return String(value).padStart(digits, '0');
}
