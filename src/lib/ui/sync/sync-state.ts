/**
 * How this desk stands with its server, in one of a few true states, from what the desk knows. The line
 * in the frame and the screen Sync say the same. [DK1]
 *
 * @module
 */
import type { Seconds } from '#lib/domain/time.ts';
import type { HoldName } from '#lib/messages/en/sync.ts';

/** What a desk knows of its sync. Times are its own. */
export type SyncFacts = {
	phase: 'idle' | 'syncing' | 'waiting';
	held?: HoldName;
	fault?: string;
	nextTryAt?: Seconds;
	/** Commands that the server has not settled. */
	waiting: number;
	oldestAt?: Seconds;
	email?: string;
	isEnded?: true;
	knowledge:
		| { of: 'device' }
		| { of: 'part'; done: number; left?: number }
		| { of: 'whole'; syncedAt?: Seconds };
};

export type SyncStanding = {
	is:
		/** All that was done here is with the server, and what it had `asOf` is here. */
		| 'settled'
		/** Something goes out as soon as `line` lets it. */
		| 'waiting'
		/** The server's rows are not all here yet. */
		| 'fetching'
		/** Nobody is signed in, and nothing is to be sent. */
		| 'device'
		/** It goes on when somebody does what `reason` asks for. */
		| 'stuck';
	/** What lies between this desk and its server, as far as is known. */
	line: 'open' | 'offline' | 'unreachable' | 'fault';
	/** A round is under way. */
	isSyncing: boolean;
	isSignedIn: boolean;
	waiting: number;
	oldestAt?: Seconds;
	/** Of the last complete round. */
	asOf?: Seconds;
	nextTryAt?: Seconds;
	/** While it is `fetching`, where that is known. */
	progress?: { done: number; left: number };
	reason?: HoldName;
};

/**
 * @param online - What the browser says of the network.
 * @param isFrozen - Licenses grant nothing since the server was restored.
 */
export function syncStandingOf(
	facts: SyncFacts,
	{ online, isFrozen = false }: { online: boolean; isFrozen?: boolean }
): SyncStanding {
	const { phase, waiting, oldestAt, nextTryAt, email, knowledge, fault } = facts;
	const isSyncing = phase === 'syncing';
	const reason = stuckBy(facts, isFrozen);
	return {
		is: reason ? 'stuck' : freely(facts),
		line: lineOf({ online, isSyncing, fault }),
		isSyncing,
		isSignedIn: email !== undefined,
		waiting,
		...(oldestAt !== undefined && { oldestAt }),
		...(nextTryAt !== undefined && { nextTryAt }),
		...(knowledge.of === 'whole' && { asOf: knowledge.syncedAt }),
		...(knowledge.of === 'part' &&
			knowledge.left !== undefined && {
				progress: { done: knowledge.done, left: knowledge.left }
			}),
		...(reason && { reason })
	};
}

/** A full disk holds everything, and is told first. */
function stuckBy(
	{ fault, held, isEnded, waiting }: SyncFacts,
	isFrozen: boolean
): HoldName | undefined {
	if (fault?.startsWith('storage')) return 'storage';
	if (fault === 'insecure-context') return 'insecure';
	if (held && !(held === 'signed-out' && waiting === 0)) return held;
	if (isEnded) return 'ended';
	return isFrozen ? 'restored' : undefined;
}

function freely({ waiting, email, knowledge }: SyncFacts): SyncStanding['is'] {
	if (email !== undefined && !(knowledge.of === 'whole' && knowledge.syncedAt !== undefined))
		return 'fetching';
	if (waiting > 0) return 'waiting';
	return email === undefined ? 'device' : 'settled';
}

/** What went wrong before says nothing while it is being tried again. */
function lineOf(known: {
	online: boolean;
	isSyncing: boolean;
	fault: string | undefined;
}): SyncStanding['line'] {
	if (!known.online) return 'offline';
	if (known.isSyncing || known.fault === undefined) return 'open';
	return known.fault === 'unreachable' ? 'unreachable' : 'fault';
}
