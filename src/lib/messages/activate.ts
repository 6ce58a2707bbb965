/**
 * The form that makes a request, in each language.
 *
 * @module
 */
import { activateDe } from './de/activate.ts';
import { activateEn } from './en/activate.ts';

export const activateTexts = { en: activateEn, de: activateDe };
