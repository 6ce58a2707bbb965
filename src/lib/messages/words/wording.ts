/**
 * How dates, lists and sizes read inside a sentence, per language.
 *
 * @module
 */
import { DAY_SECONDS } from '#lib/domain/time.ts';
import type { Language } from './message.ts';

const locales: Record<Language, string> = { en: 'en-GB', de: 'de-DE' };

/** Making a formatter costs far more than using it, and a list of rows uses each many times. */
function perLanguage<F>(make: (locale: string) => F): Record<Language, () => F> {
	const made = new Map<Language, F>();
	const get = (language: Language) => () => {
		const known = made.get(language) ?? make(locales[language]);
		made.set(language, known);
		return known;
	};
	return { en: get('en'), de: get('de') };
}

const numbers = perLanguage((locale) => new Intl.NumberFormat(locale));
const relativeDays = perLanguage(
	(locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
);
const dates = new Map<string, Intl.DateTimeFormat>();

function datesOf(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
	const name = `${language} ${JSON.stringify(options)}`;
	const known = dates.get(name) ?? new Intl.DateTimeFormat(locales[language], options);
	dates.set(name, known);
	return known;
}

/** `4 December 2026`, in UTC: the same day for the reader as for whoever else reads of it. [DT1] */
export function day(seconds: number, language: Language): string {
	return format(seconds, language, { dateStyle: 'long', timeZone: 'UTC' });
}

/** `December 2026`, in UTC. */
export function month(seconds: number, language: Language): string {
	return format(seconds, language, { month: 'long', year: 'numeric', timeZone: 'UTC' });
}

/** `D`, for a scale that says all twelve in a row. */
export function monthInitial(seconds: number, language: Language): string {
	return format(seconds, language, { month: 'narrow', timeZone: 'UTC' });
}

/** `4 Dec 2026`, likewise, where a column has no room for more. */
export function shortDay(seconds: number, language: Language): string {
	return format(seconds, language, { dateStyle: 'medium', timeZone: 'UTC' });
}

/** Within two months `in 12 days`, `yesterday`; else the short day. */
export function nearDay(seconds: number, now: number, language: Language): string {
	const days = Math.abs(Math.floor(seconds / DAY_SECONDS) - Math.floor(now / DAY_SECONDS));
	return days < 60 ? relativeDay(seconds, now, language) : shortDay(seconds, language);
}

/** `4 December 2026 at 09:41` by the reader's clock, for what happened and where the hour decides. */
export function moment(seconds: number, language: Language): string {
	return format(seconds, language, { dateStyle: 'long', timeStyle: 'short' });
}

/** `09:41` of today, else `4 Dec, 09:41`, by the reader's clock: for lists of what is going on. */
export function clock(seconds: number, now: number, language: Language): string {
	const time: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' };
	const isToday = isSameDay(seconds, now);
	return format(seconds, language, isToday ? time : { day: 'numeric', month: 'short', ...time });
}

/** By the reader's clock. */
export function isSameDay(one: number, other: number): boolean {
	return new Date(one * 1000).toDateString() === new Date(other * 1000).toDateString();
}

/** `4 December 2026 at 08:41:30 UTC`: an instant that nobody can take for another. */
export function exactMoment(seconds: number, language: Language): string {
	return format(seconds, language, { dateStyle: 'long', timeStyle: 'long', timeZone: 'UTC' });
}

/** `in 12 days`, `yesterday`: the days between two that `day` says, then the nearest whole unit. */
export function relativeDay(seconds: number, now: number, language: Language): string {
	const words = relativeDays[language]();
	const days = Math.floor(seconds / DAY_SECONDS) - Math.floor(now / DAY_SECONDS);
	if (Math.abs(days) < 60) return words.format(days, 'day');
	if (Math.abs(days) < 700) return words.format(Math.round(days / 30.44), 'month');
	return words.format(Math.round(days / 365.25), 'year');
}

export function count(value: number, language: Language): string {
	mustBeFinite(value);
	return numbers[language]().format(value);
}

/** `a, b and c`. */
export function list(items: readonly string[], language: Language): string {
	return new Intl.ListFormat(locales[language], { type: 'conjunction' }).format(items);
}

/** `64 kB` of 1,000 bytes each. */
export function size(bytes: number, language: Language): string {
	mustBeFinite(bytes);
	const kilobytes = Math.max(1, Math.round(bytes / 1000));
	return `${new Intl.NumberFormat(locales[language]).format(kilobytes)} kB`;
}

/** `40 seconds`, `5 minutes`. */
export function duration(seconds: number, language: Language): string {
	mustBeFinite(seconds);
	const unit = seconds < 90 ? 'second' : 'minute';
	const value = unit === 'second' ? Math.ceil(seconds) : Math.ceil(seconds / 60);
	return new Intl.NumberFormat(locales[language], {
		style: 'unit',
		unit,
		unitDisplay: 'long'
	}).format(value);
}

function format(seconds: number, language: Language, options: Intl.DateTimeFormatOptions): string {
	mustBeFinite(seconds);
	return datesOf(language, options).format(new Date(seconds * 1000));
}

/** `undefined` would quietly read as "now": facts of a foreign hub must not invent a date or a number. */
function mustBeFinite(value: number): void {
	if (!Number.isFinite(value)) throw new RangeError('not a number');
}
