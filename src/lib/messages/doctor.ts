/**
 * What a look at the machine of a server finds, in each language.
 *
 * @module
 */
import { doctorDe } from './de/doctor.ts';
import { doctorEn } from './en/doctor.ts';

export const doctorTexts = { en: doctorEn, de: doctorDe };
