/**
 * The vendor's console: the audit log and the server, in each language. Not kept for offline use.
 *
 * @module
 */
import { consoleDe } from './de/console.ts';
import { consoleEn } from './en/console.ts';

export const consoleTexts = { en: consoleEn, de: consoleDe };
