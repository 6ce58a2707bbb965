/**
 * The screen of an invitation, in each language.
 *
 * @module
 */
import { joinDe } from './de/join.ts';
import { joinEn } from './en/join.ts';

export const joinTexts = { en: joinEn, de: joinDe };
