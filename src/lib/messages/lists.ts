/**
 * What all lists of many rows have in common, in each language.
 *
 * @module
 */
import { listsDe } from './de/lists.ts';
import { listsEn } from './en/lists.ts';

export const listsTexts = { en: listsEn, de: listsDe };
