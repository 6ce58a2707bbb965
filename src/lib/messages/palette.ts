/**
 * The command palette, in each language.
 *
 * @module
 */
import { paletteDe } from './de/palette.ts';
import { paletteEn } from './en/palette.ts';

export const paletteTexts = { en: paletteEn, de: paletteDe };
