/**
 * The ends of licenses in a calendar, in each language.
 *
 * @module
 */
import { calendarDe } from './de/calendar.ts';
import { calendarEn } from './en/calendar.ts';

export const calendarTexts = { en: calendarEn, de: calendarDe };
