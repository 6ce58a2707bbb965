/**
 * What can be done when no seat is free, in each language.
 *
 * @module
 */
import { noSeatDe } from './de/no-seat.ts';
import { noSeatEn } from './en/no-seat.ts';

export const noSeatTexts = { en: noSeatEn, de: noSeatDe };
