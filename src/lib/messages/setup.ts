/**
 * The pages that set a hub up, in each language.
 *
 * @module
 */
import { setupDe } from './de/setup.ts';
import { setupEn } from './en/setup.ts';

export const setupTexts = { en: setupEn, de: setupDe };
