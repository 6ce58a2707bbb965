/**
 * The pages of a site server about clients, resources, connections and use, in each language. Not kept for
 * offline use.
 *
 * @module
 */
import { siteConsoleDe } from './de/site-console.ts';
import { siteConsoleEn } from './en/site-console.ts';

export const siteConsoleTexts = { en: siteConsoleEn, de: siteConsoleDe };
