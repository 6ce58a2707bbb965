/**
 * What the keyboard can do, in each language.
 *
 * @module
 */
import { keyboardDe } from './de/keyboard.ts';
import { keyboardEn } from './en/keyboard.ts';

export const keyboardTexts = { en: keyboardEn, de: keyboardDe };
