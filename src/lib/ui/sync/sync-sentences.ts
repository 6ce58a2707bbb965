/**
 * What is said of a standing, and of a sync that somebody asked for.
 *
 * @module
 */
import type { Seconds } from '#lib/domain/time.ts';
import type { SyncTexts } from '#lib/messages/en/sync.ts';
import type { SyncStanding } from './sync-state.ts';

/**
 * The one line that is read first. Nothing for what is `stuck`: that has a card of its own.
 *
 * @param besides - What else lies on this device: work of somebody else, and texts that were refused and
 * wait for a decision. [CH1]
 */
export function standingTitle(
	standing: SyncStanding,
	t: SyncTexts['state'],
	besides: { isShared?: boolean; undecided?: number } = {}
): string {
	const { is, waiting } = standing;
	if (is === 'stuck') return '';
	if (is === 'waiting') return t.waiting(waiting);
	if (is === 'settled' && besides.undecided) return t.undecided(besides.undecided);
	if (is === 'settled') return besides.isShared ? t.settledOwn : t.settled;
	return is === 'fetching' ? t.fetching : t.device;
}

/**
 * Why it is so, and what comes next.
 *
 * @param at - Says a time.
 */
export function standingText(
	standing: SyncStanding,
	t: SyncTexts['state'],
	at: (seconds: Seconds) => string
): string {
	const { is, line, isSyncing, waiting, oldestAt, asOf, nextTryAt } = standing;
	if (is === 'stuck') return '';
	if (is === 'device') return t.deviceText;
	const way =
		line === 'offline'
			? t.offline(is)
			: line === 'open'
				? is === 'waiting' && (isSyncing ? t.sending : t.soon)
				: [t[line], nextTryAt !== undefined && t.next(at(nextTryAt))].filter(Boolean).join(' ');
	return [
		is === 'settled' && asOf !== undefined && t.asOf(at(asOf)),
		way,
		is === 'waiting' && oldestAt !== undefined && t.oldest(waiting, oldestAt),
		is === 'fetching' && t.partly
	]
		.filter(Boolean)
		.join(' ');
}

/** @param round - How it ended; nothing where that is not known yet. */
export function outcomeText(
	round: { settled: number; held?: string; fault?: string } | undefined,
	t: SyncTexts['outcome'],
	{ line, isSignedIn }: Pick<SyncStanding, 'line' | 'isSignedIn'>
): string {
	if (!round) return t.silent;
	if (round.settled > 0) return t.sent(round.settled);
	if (round.fault === 'unreachable') return line === 'offline' ? t.offline : t.unreachable;
	if (round.fault?.startsWith('storage')) return t.storage;
	if (round.fault) return t.fault(round.fault);
	if (round.held) return t.held;
	return isSignedIn ? t.nothing : t.signedOut;
}
