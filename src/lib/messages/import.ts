/**
 * The screen Import and its table, in each language.
 *
 * @module
 */
import { importDe } from './de/import.ts';
import { importEn } from './en/import.ts';

export const importTexts = { en: importEn, de: importDe };
