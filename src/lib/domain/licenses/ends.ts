/**
 * The ends of a license, as a calendar shows them. Pure, of what is known of it. [P13]
 *
 * @module
 */
import type { LicenseStanding } from './standing.ts';
import { DAY_SECONDS, type Seconds } from '../time.ts';

/** A calendar goes on showing what has just ended. */
const SHOWN_SECONDS = 30 * DAY_SECONDS;

export type End = { what: 'expiry' | 'trial' | 'maintenance'; at: Seconds };

/** Those to come and of the last 30 days; of a license that has moved none. Maintenance does not end after its license. */
export function endsOf(
	{
		successor,
		expiresAt,
		maintainedUntil,
		trialDays
	}: Pick<LicenseStanding, 'successor' | 'expiresAt' | 'maintainedUntil'> & { trialDays?: number },
	now: Seconds
): End[] {
	if (successor !== undefined) return [];
	const ends: End[] = [];
	if (expiresAt !== undefined)
		ends.push({ what: trialDays === undefined ? 'expiry' : 'trial', at: expiresAt });
	if (maintainedUntil !== undefined && maintainedUntil < (expiresAt ?? Infinity))
		ends.push({ what: 'maintenance', at: maintainedUntil });
	return ends.filter(({ at }) => at > now - SHOWN_SECONDS);
}
