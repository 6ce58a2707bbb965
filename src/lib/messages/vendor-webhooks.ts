/**
 * The vendor's console: servers that are told of events, in each language. Not kept for offline use.
 *
 * @module
 */
import { vendorWebhooksDe } from './de/vendor-webhooks.ts';
import { vendorWebhooksEn } from './en/vendor-webhooks.ts';

export const vendorWebhooksTexts = { en: vendorWebhooksEn, de: vendorWebhooksDe };
