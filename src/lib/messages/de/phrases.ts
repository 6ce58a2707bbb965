/**
 * German: counts and dates as the other files of this language put them into sentences.
 *
 * @module
 */
import * as wording from '../words/wording.ts';

export const n = (value: number) => wording.count(value, 'de');

/** `1 Platz`, `2 Plätze`, `1.200 Plätze`. */
export const many = (value: number, one: string, more: string) =>
	value === 1 ? `1 ${one}` : `${n(value)} ${more}`;

export const day = (seconds: number) => wording.day(seconds, 'de');
export const moment = (seconds: number) => wording.moment(seconds, 'de');

export const licenseCount = (count: number) => many(count, 'Lizenz', 'Lizenzen');
export const requestCount = (count: number) => many(count, 'Anforderung', 'Anforderungen');
export const answerCount = (count: number) => many(count, 'Antwort', 'Antworten');
/** `vor 12 Tagen`. */
export const relative = (seconds: number, now: number) => wording.relativeDay(seconds, now, 'de');
