/**
 * Allotments: seats set aside for a desk, and what it issued from them, in each language.
 *
 * @module
 */
import { allotmentsDe } from './de/allotments.ts';
import { allotmentsEn } from './en/allotments.ts';

export const allotmentsTexts = { en: allotmentsEn, de: allotmentsDe };
