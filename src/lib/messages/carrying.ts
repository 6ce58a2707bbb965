/**
 * How files come in and go out: saving, QR codes, the scanner, dropping, in each language.
 *
 * @module
 */
import { carryingDe } from './de/carrying.ts';
import { carryingEn } from './en/carrying.ts';

export const carryingTexts = { en: carryingEn, de: carryingDe };
