/**
 * The frame of a refusal; its text is in refusals.ts, in each language.
 *
 * @module
 */
import { refusalCardDe } from './de/refusal-card.ts';
import { refusalCardEn } from './en/refusal-card.ts';

export const refusalCardTexts = { en: refusalCardEn, de: refusalCardDe };
