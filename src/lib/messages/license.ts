/**
 * One license, in each language.
 *
 * @module
 */
import { licenseDe } from './de/license.ts';
import { licenseEn } from './en/license.ts';

export const licenseTexts = { en: licenseEn, de: licenseDe };
