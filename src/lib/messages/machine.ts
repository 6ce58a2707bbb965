/**
 * One machine of a license: its seat, its files, giving back and retiring, in each language.
 *
 * @module
 */
import { machineDe } from './de/machine.ts';
import { machineEn } from './en/machine.ts';

export const machineTexts = { en: machineEn, de: machineDe };
