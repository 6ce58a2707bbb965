/**
 * The screen Overview, in each language.
 *
 * @module
 */
import { overviewDe } from './de/overview.ts';
import { overviewEn } from './en/overview.ts';

export const overviewTexts = { en: overviewEn, de: overviewDe };
