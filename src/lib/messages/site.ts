/**
 * The pages of a site server, in each language.
 *
 * @module
 */
import { siteDe } from './de/site.ts';
import { siteEn } from './en/site.ts';

export const siteTexts = { en: siteEn, de: siteDe };
