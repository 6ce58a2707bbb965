/**
 * The screen that attaches licenses, in each language.
 *
 * @module
 */
import { attachDe } from './de/attach.ts';
import { attachEn } from './en/attach.ts';

export const attachTexts = { en: attachEn, de: attachDe };
