/**
 * How a license stands, as chips: activated or not is one thing, ended or suspended another. [P4]
 *
 * @module
 */
import type { Seconds } from '#lib/domain/license.ts';
import { freeSeats, type ActivationState } from '#lib/domain/seat.ts';
import { attentionOf, type LicenseStanding } from '#lib/domain/standing.ts';
import type { ChipState } from '#lib/ui/base/chip.ts';

/** What became of the seat of one machine. */
export function activationChip(state: ActivationState): ChipState {
	return state === 'active' ? 'activated' : state;
}

/** The chip that every license has, then the one that asks for attention, if any. */
export function licenseChips(license: LicenseStanding, now: Seconds): ChipState[] {
	const attention = attentionOf(license, now);
	const basic = license.counts.active > 0 ? 'activated' : 'notActivated';
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
