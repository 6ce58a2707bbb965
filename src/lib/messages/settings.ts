/**
 * The screen Settings, in each language.
 *
 * @module
 */
import { settingsDe } from './de/settings.ts';
import { settingsEn } from './en/settings.ts';

export const settingsTexts = { en: settingsEn, de: settingsDe };
