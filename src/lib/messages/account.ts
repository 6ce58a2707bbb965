/**
 * The screens of people, devices, sessions and API keys, in each language.
 *
 * @module
 */
import { accountDe } from './de/account.ts';
import { accountEn } from './en/account.ts';

export const accountTexts = { en: accountEn, de: accountDe };
