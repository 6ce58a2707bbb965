/**
 * Requests, and what to do next with each, in each language.
 *
 * @module
 */
import { requestsDe } from './de/requests.ts';
import { requestsEn } from './en/requests.ts';

export const requestsTexts = { en: requestsEn, de: requestsDe };
