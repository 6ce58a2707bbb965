/**
 * The screen Lookup, in each language.
 *
 * @module
 */
import { lookupDe } from './de/lookup.ts';
import { lookupEn } from './en/lookup.ts';

export const lookupTexts = { en: lookupEn, de: lookupDe };
