/**
 * Renewing and giving up what a client holds: by its key, at whichever address the site answers. [LE4]
 *
 * @module
 */
import type { Refusal } from '#lib/domain/refusal.ts';
import { refuse } from '#lib/domain/refusal.ts';
import { restartReasons } from '#lib/domain/site/lease.ts';
import type { RenewAnswer, RestartNotice } from '#lib/protocol/lease.ts';
import type { LeaseHold } from './claim.ts';
import { monotonic } from './monotonic.ts';
import { callProven, isPlain } from './proven-call.ts';
import type { SiteAddress } from './wire.ts';

/** Shorter than a renewal's pause at the shortest life of a lease. */
const SECONDS = 5;
const GOODBYE_SECONDS = 2;

export type HoldRenewed =
	/** @param askedAt - Monotonic milliseconds: it lives `ttl` from then, at the least. */
	| { said: 'yes'; answer: RenewAnswer; askedAt: number }
	| { said: 'no'; refusal: Refusal }
	/** `forgotten`: the site answers, and knows nothing of it. Nobody can prove that. */
	| { said: 'nothing'; why: Refusal; forgotten: boolean };

/** Only the site that granted it can prove an answer: the other addresses do no harm. */
export async function renewHold(
	hold: LeaseHold,
	addresses: readonly SiteAddress[]
): Promise<HoldRenewed> {
	const own = hold.site.address;
	const others = addresses.filter(({ origin }) => origin !== own.origin);
	let said: HoldRenewed | undefined;
	for (const address of [own, ...others]) {
		const askedAt = monotonic();
		const answer = await callProven(address, {
			method: 'PUT',
			path: pathOf(hold),
			key: hold.key,
			seconds: SECONDS
		});
		if (answer.said === 'no') return answer;
		if (answer.said === 'yes') {
			const renewed = asRenewAnswer(answer.body);
			if (renewed) return { said: 'yes', answer: renewed, askedAt };
		}
		const why =
			answer.said === 'nothing' ? answer.why : refuse('SITE_NOT_TRUSTED', { reason: 'no-site' });
		const forgotten = answer.said === 'nothing' && answer.status === 410;
		said ??= { said: 'nothing', why, forgotten };
	}
	return said!;
}

/** A seat that is given up is free at once; where nobody hears it, after the lease's life. */
export async function releaseHold(hold: LeaseHold): Promise<void> {
	await callProven(hold.site.address, {
		method: 'DELETE',
		path: pathOf(hold),
		key: hold.key,
		seconds: GOODBYE_SECONDS
	});
}

export function pathOf({ id }: LeaseHold): string {
	return `/v1/leases/${encodeURIComponent(id)}`;
}

function asRenewAnswer(body: unknown): RenewAnswer | undefined {
	if (!isPlain(body)) return undefined;
	const { state, ttl, place, restart } = body;
	if ((state !== 'granted' && state !== 'waiting') || typeof ttl !== 'number') return undefined;
	return {
		state,
		ttl,
		place: typeof place === 'number' ? place : undefined,
		restart: asRestartNotice(restart)
	};
}

export function asRestartNotice(value: unknown): RestartNotice | undefined {
	if (!isPlain(value) || typeof value.within !== 'number') return undefined;
	const reason = restartReasons.find((each) => each === value.reason);
	return reason && { reason, within: value.within };
}
