/**
 * The screen Sync and the holds of the queue, in each language.
 *
 * @module
 */
import { syncDe } from './de/sync.ts';
import { syncEn } from './en/sync.ts';

export const syncTexts = { en: syncEn, de: syncDe };
