/**
 * The list of licenses, in each language.
 *
 * @module
 */
import { licensesDe } from './de/licenses.ts';
import { licensesEn } from './en/licenses.ts';

export const licensesTexts = { en: licensesEn, de: licensesDe };
