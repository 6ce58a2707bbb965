/**
 * How a license stands, as chips: activated or not is one thing, ended or suspended another. [P4]
 *
 * @module
 */
import { freeSeats } from '#lib/domain/seat.ts';
import { attentionOf, type LicenseStanding } from '#lib/domain/licenses/standing.ts';
import { DAY_SECONDS, type Seconds } from '#lib/domain/time.ts';
import type { LicenseRow } from '#lib/protocol/rows.ts';
import type { ChipState } from '#lib/ui/base/chip.ts';
import { activatedChip } from './license-columns.ts';

/** The chip that every license has, then the one that asks for attention, if any. */
export function licenseChips(license: LicenseStanding, now: Seconds): ChipState[] {
	const attention = attentionOf(license, now);
	const basic = activatedChip(license);
	return attention ? [basic, attention] : [basic];
}

/** What helps next: where nothing is granted, another request does not. */
export function nextStep(
	license: LicenseStanding,
	now: Seconds
): 'activate' | 'machines' | 'contact' {
	const attention = attentionOf(license, now);
	if (attention === 'moved' || attention === 'suspended' || attention === 'expired')
		return 'contact';
	return freeSeats(license.seats, license.counts) === 0 ? 'machines' : 'activate';
}

/** An e-mail address, else a page; a text leads nowhere. */
export function contactHref(contact: string, number: string): string | undefined {
	if (/^\S+@\S+$/.test(contact)) return `mailto:${contact}?subject=${encodeURIComponent(number)}`;
	return /^https?:/.test(contact) ? contact : undefined;
}

/** Who buys needs an order first. */
const RENEWED_WITHIN = 60 * DAY_SECONDS;

/** Where a license is renewed, once an end of it is near or past, and its vendor says where. */
export function renewalHref(
	license: Pick<
		LicenseRow,
		'storeUrl' | 'pricingUrl' | 'successor' | 'maintainedUntil' | 'expiresAt'
	>,
	now: Seconds
): string | undefined {
	const { storeUrl, pricingUrl, successor, maintainedUntil, expiresAt } = license;
	const ends = [maintainedUntil, expiresAt].filter((end) => end !== undefined);
	const isNear = ends.some((end) => end - now < RENEWED_WITHIN);
	return isNear && successor === undefined ? (storeUrl ?? pricingUrl) : undefined;
}
