/**
 * What stands on every screen: buttons, fields, states, seats, kinds of files, in each language.
 *
 * @module
 */
import { labelsDe } from './de/labels.ts';
import { labelsEn } from './en/labels.ts';

export const labelsTexts = { en: labelsEn, de: labelsDe };
