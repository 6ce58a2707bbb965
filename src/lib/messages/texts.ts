/**
 * Texts that people change, in each language.
 *
 * @module
 */
import { textsDe } from './de/texts.ts';
import { textsEn } from './en/texts.ts';

export const textsTexts = { en: textsEn, de: textsDe };
