/**
 * How this app is installed, in each language.
 *
 * @module
 */
import { installDe } from './de/install.ts';
import { installEn } from './en/install.ts';

export const installTexts = { en: installEn, de: installDe };
