/**
 * The vendor's console: what stores have told of, in each language. Not kept for offline use.
 *
 * @module
 */
import { vendorOrdersDe } from './de/vendor-orders.ts';
import { vendorOrdersEn } from './en/vendor-orders.ts';

export const vendorOrdersTexts = { en: vendorOrdersEn, de: vendorOrdersDe };
