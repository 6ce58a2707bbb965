/**
 * The screen that gives a site server its license, in each language.
 *
 * @module
 */
import { siteServerDe } from './de/site-server.ts';
import { siteServerEn } from './en/site-server.ts';

export const siteServerTexts = { en: siteServerEn, de: siteServerDe };
