/**
 * A browser without Ed25519, in each language.
 *
 * @module
 */
import { oldBrowserDe } from './de/old-browser.ts';
import { oldBrowserEn } from './en/old-browser.ts';

export const oldBrowserTexts = { en: oldBrowserEn, de: oldBrowserDe };
