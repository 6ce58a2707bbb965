/**
 * What about a license asks for attention, the most pressing first. [P4]
 *
 * @module
 */
import type { Seconds } from './license.ts';
import { isOverLimit, type SeatCounts } from './seat.ts';

export type Attention = 'suspended' | 'expired' | 'overLimit' | 'lapsed';

export type Standing = {
	seats: number;
	counts: SeatCounts;
	suspendedAt?: Seconds;
	expiresAt?: Seconds;
	maintainedUntil?: Seconds;
};

export function attentionOf(
	{ seats, counts, suspendedAt, expiresAt, maintainedUntil }: Standing,
	now: Seconds
): Attention | undefined {
	if (suspendedAt !== undefined) return 'suspended';
	if (expiresAt !== undefined && now >= expiresAt) return 'expired';
	if (isOverLimit(seats, counts)) return 'overLimit';
	if (maintainedUntil !== undefined && now >= maintainedUntil) return 'lapsed';
	return undefined;
}
