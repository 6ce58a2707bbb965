/**
 * How a license stands, as chips: activated or not is one thing, ended or suspended another. [P4]
 *
 * @module
 */
import type { Seconds } from '#lib/domain/license.ts';
import { isOverLimit, type ActivationState, type SeatCounts } from '#lib/domain/seat.ts';
import type { ChipState } from './chip.ts';

type Standing = {
	seats: number;
	counts: SeatCounts;
	suspendedAt?: Seconds;
	expiresAt?: Seconds;
	maintainedUntil?: Seconds;
};

/** What became of the seat of one machine. */
export function activationChip(state: ActivationState): ChipState {
	return state === 'active' ? 'activated' : state;
}

/** The chip that every license has, then the one that asks for attention, if any. */
export function licenseChips(license: Standing, now: Seconds): ChipState[] {
	const attention = licenseAttention(license, now);
	const basic = license.counts.active > 0 ? 'activated' : 'notActivated';
	return attention ? [basic, attention] : [basic];
}

export function licenseAttention(
	{ seats, counts, suspendedAt, expiresAt, maintainedUntil }: Standing,
	now: Seconds
): ChipState | undefined {
	if (suspendedAt !== undefined) return 'suspended';
	if (expiresAt !== undefined && now >= expiresAt) return 'expired';
	if (isOverLimit(seats, counts)) return 'overLimit';
	if (maintainedUntil !== undefined && now >= maintainedUntil) return 'lapsed';
	return undefined;
}
