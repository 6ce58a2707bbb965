/**
 * What becomes of a lease that was not renewed: it is over, claimed anew, or waited for. [LC2, LC4]
 *
 * @module
 */
import type { Refusal } from '#lib/domain/refusal.ts';
import type { GrantedLease } from './claim.ts';
import type { Moment } from './held-lease.ts';
import type { HoldRenewed } from './renewal.ts';

export type NotRenewed = {
	granted: Pick<GrantedLease, 'until' | 'lease'>;
	/** When the server was last asked and answered. */
	lastWord: Moment;
	/** Monotonic milliseconds until which it was to start again, where it was told so. */
	restartBy?: number;
	/** There are other addresses, and maybe another site at them. */
	hasOthers: boolean;
	now: Moment;
};

export type AfterRenewal = { do: 'end' | 'claim' | 'wait'; why: Refusal };

/** What ended by time alone is claimed anew; what somebody ended is not. */
export function afterRenewal(
	renewed: Exclude<HoldRenewed, { said: 'yes' }>,
	{ granted, lastWord, restartBy, hasOthers, now }: NotRenewed
): AfterRenewal {
	const slept = now.wall - lastWord.wall >= granted.lease.ttl * 1000;
	const isOver = now.at >= granted.until || slept;
	if (renewed.said === 'nothing') {
		const { why, forgotten } = renewed;
		return { do: forgotten || (isOver && hasOthers) ? 'claim' : 'wait', why };
	}
	const { refusal } = renewed;
	if (refusal.refused === 'REPLACED') return { do: 'end', why: refusal };
	if (refusal.refused !== 'LEASE_ENDED') return { do: 'wait', why: refusal };
	const wasToRestart = restartBy !== undefined && now.at >= restartBy;
	const byTime = isOver && !wasToRestart && !refusal.facts.reason;
	return { do: byTime ? 'claim' : 'end', why: refusal };
}
