/**
 * What has happened to a license, in each language.
 *
 * @module
 */
import { historyDe } from './de/history.ts';
import { historyEn } from './en/history.ts';

export const historyTexts = { en: historyEn, de: historyDe };
