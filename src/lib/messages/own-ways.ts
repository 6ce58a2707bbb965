/**
 * The screen of one's own ways to sign in, in each language.
 *
 * @module
 */
import { ownWaysDe } from './de/own-ways.ts';
import { ownWaysEn } from './en/own-ways.ts';

export const ownWaysTexts = { en: ownWaysEn, de: ownWaysDe };
