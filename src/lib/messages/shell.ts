/**
 * The frame of every screen: places, connection, banners, faults, in each language.
 *
 * @module
 */
import { shellDe } from './de/shell.ts';
import { shellEn } from './en/shell.ts';

export const shellTexts = { en: shellEn, de: shellDe };
