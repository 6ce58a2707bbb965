/**
 * English: counts and dates as the other files of this language put them into sentences.
 *
 * @module
 */
import * as wording from '../words/wording.ts';

export const n = (value: number) => wording.count(value, 'en');

/** `1 seat`, `2 seats`, `1,200 seats`. */
export const many = (value: number, one: string, more = `${one}s`) =>
	value === 1 ? `1 ${one}` : `${n(value)} ${more}`;

export const day = (seconds: number) => wording.day(seconds, 'en');
export const moment = (seconds: number) => wording.moment(seconds, 'en');
/** `12 days ago`. */
export const relative = (seconds: number, now: number) => wording.relativeDay(seconds, now, 'en');
