/**
 * What about a license asks for attention, the most pressing first. [P4]
 *
 * @module
 */
import type { Seconds } from '../time.ts';
import { isOverLimit, type SeatCounts } from '../seat.ts';

export type Attention = 'moved' | 'suspended' | 'expired' | 'overLimit' | 'lapsed';

export type LicenseStanding = {
	seats: number;
	counts: SeatCounts;
	/** Number of the license that goes on in its place. [SE7] */
	successor?: string;
	suspendedAt?: Seconds;
	expiresAt?: Seconds;
	maintainedUntil?: Seconds;
};

export function attentionOf(
	{ seats, counts, successor, suspendedAt, expiresAt, maintainedUntil }: LicenseStanding,
	now: Seconds
): Attention | undefined {
	if (successor !== undefined) return 'moved';
	if (suspendedAt !== undefined) return 'suspended';
	if (expiresAt !== undefined && now >= expiresAt) return 'expired';
	if (isOverLimit(seats, counts)) return 'overLimit';
	if (maintainedUntil !== undefined && now >= maintainedUntil) return 'lapsed';
	return undefined;
}

/**
 * The nearer of its two ends, expiry and maintenance, that is still to come. A license that has
 * expired or moved ends no more.
 */
export function nextEnd(
	{ successor, expiresAt, maintainedUntil }: LicenseStanding,
	now: Seconds
): Seconds | undefined {
	if (successor !== undefined || (expiresAt !== undefined && now >= expiresAt)) return undefined;
	if (maintainedUntil === undefined || now >= maintainedUntil) return expiresAt;
	return Math.min(maintainedUntil, expiresAt ?? maintainedUntil);
}

/** Nothing new is granted under it, however many seats are free. */
export function isStopped({
	successor,
	suspendedAt,
	frozenAt
}: Pick<LicenseStanding, 'successor' | 'suspendedAt'> & { frozenAt?: Seconds }): boolean {
	return successor !== undefined || suspendedAt !== undefined || frozenAt !== undefined;
}
