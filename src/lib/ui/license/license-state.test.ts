import { expect, test } from 'vitest';
import { DAY_SECONDS } from '#lib/domain/time.ts';
import { licenseTexts } from '#lib/messages/license.ts';
import { renewalHref } from './license-state.ts';

const now = 1_796_256_000;
const day = (days: number) => now + days * DAY_SECONDS;
const storeUrl = 'https://store.example.com/harbor';
const pricingUrl = 'https://example.com/prices';

test('[P7] a license leads to its store once an end is within 60 days or past', () => {
	expect(renewalHref({ storeUrl, pricingUrl, expiresAt: day(59) }, now)).toBe(storeUrl);
	expect(renewalHref({ pricingUrl, maintainedUntil: day(-12) }, now)).toBe(pricingUrl);
	expect(renewalHref({ storeUrl, expiresAt: day(60), maintainedUntil: day(90) }, now)).toBe(
		undefined
	);
	expect(renewalHref({ storeUrl }, now)).toBeUndefined();
	expect(renewalHref({ expiresAt: day(-1) }, now)).toBeUndefined();
	expect(renewalHref({ storeUrl, expiresAt: day(-1), successor: 'KF' }, now)).toBeUndefined();
});

test('[P7] an end that is past is said in days, and what it means', () => {
	const { en, de } = licenseTexts;
	expect(en.maintenanceTruth(day(-12), now)).toMatch(
		/^Maintenance ended 12 days ago, on .* may not be/
	);
	expect(de.maintenanceTruth(day(-12), now)).toMatch(/^Die Wartung endete vor 12 Tagen, am /);
	expect(en.expiredTruth(day(-1), now)).toMatch(/^Expired yesterday, on /);
	expect(en.maintenanceTruth(day(12), now)).toMatch(/^Maintenance until /);
});
