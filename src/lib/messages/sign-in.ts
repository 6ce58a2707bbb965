/**
 * The screen Sign in, in each language.
 *
 * @module
 */
import { signInDe } from './de/sign-in.ts';
import { signInEn } from './en/sign-in.ts';

export const signInTexts = { en: signInEn, de: signInDe };
