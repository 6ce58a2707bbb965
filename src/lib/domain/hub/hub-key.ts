/**
 * The term of the key that a hub signs with: nothing is signed after its end, and it is said in time. [KE1]
 *
 * @module
 */
import { refuse, type Refusal } from '../refusal.ts';
import { DAY_SECONDS, type Seconds } from '../time.ts';

/** From then on everybody who can do something about it is told. */
export const KEY_NOTICE_SECONDS = 90 * DAY_SECONDS;

/** `endsAt`: the first second at which nothing that it signs would be believed. [FI5] */
export type KeyTerm = { kid: string; endsAt: Seconds };

/** A hub key by the term that its root gave it. */
export type KeyInTime = { kid: string; nbf: Seconds; exp: Seconds };

export type EndingKey = KeyTerm & { hasEnded: boolean };

/** @returns Why nothing may be signed now. */
export function judgeKeyTerm(
	{ kid, endsAt }: KeyTerm,
	now: Seconds
): Refusal<'HUB_KEY_ENDED'> | undefined {
	return now >= endsAt ? refuse('HUB_KEY_ENDED', { kid, endedAt: endsAt }) : undefined;
}

/** @returns The key where its end is near or past. */
export function noticeKeyTerm({ kid, endsAt }: KeyTerm, now: Seconds): EndingKey | undefined {
	if (endsAt - now > KEY_NOTICE_SECONDS) return undefined;
	return { kid, endsAt, hasEnded: now >= endsAt };
}
