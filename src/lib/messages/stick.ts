/**
 * Sticks, and what their index says, in each language.
 *
 * @module
 */
import { stickDe } from './de/stick.ts';
import { stickEn } from './en/stick.ts';

export const stickTexts = { en: stickEn, de: stickDe };
