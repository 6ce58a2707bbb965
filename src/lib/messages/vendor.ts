/**
 * The vendor's console: customers, products and licenses, in each language. Not kept for offline use.
 *
 * @module
 */
import { vendorDe } from './de/vendor.ts';
import { vendorEn } from './en/vendor.ts';

export const vendorTexts = { en: vendorEn, de: vendorDe };
