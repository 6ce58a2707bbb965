/**
 * The list of all activations, in each language.
 *
 * @module
 */
import { activationsDe } from './de/activations.ts';
import { activationsEn } from './en/activations.ts';

export const activationsTexts = { en: activationsEn, de: activationsDe };
