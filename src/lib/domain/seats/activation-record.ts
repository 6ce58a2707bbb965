/**
 * What happens to the record of an activation, from its first file to the end of its seat.
 *
 * A record is known under its `act`. Whoever changes one also counts its seat: it takes one while it
 * is active or cooling. [SE1]
 *
 * @module
 */
import type { Seconds } from '../time.ts';
import { QUOTA_SPAN_SECONDS } from './giving-back.ts';
import type { Component, Fingerprint } from '../machines/machine.ts';
import type { ActivationState } from '../seat.ts';

/** An activation as the hub's ledger keeps it; `null` is what a ledger keeps of what is absent. */
export type ActivationRecord = {
	state: ActivationState;
	/** Of a cooling seat: when it is free. */
	coolsUntil: Seconds | null;
	/** Generation of its newest file, from 1. */
	gen: number;
	fp: Fingerprint;
	/** Thumbprint of the machine's key in its first request. `null`: nobody can tell any more. [SE5] */
	firstKey: string | null;
	/** Who held that key, if not the machine and as far as it is known. */
	held: string | null;
	label: string | null;
	name: string;
	grantedAt: Seconds;
	/** When its newest file ends. */
	expiresAt: Seconds | null;
	/** When the last of its files opens nothing more: an earlier one is valid wherever a later one was never seen. [SE5] */
	filesEndAt: Seconds | null;
	/** `jti` of its newest request. */
	request: string;
	/** A fact that was recorded when no seat was free. [SE4] */
	overage: boolean;
	/** A desk has signed its newest file, and the hub none after it. [AL4] */
	drawn: boolean;
	/** Requests that showed other components than the fingerprint, oldest first. [MA5] */
	changes: FingerprintChange[] | null;
	/** `act` of an activation that looks like the same machine. [MA5] */
	twin: string | null;
};

/** A request of this machine showed other components. */
export type FingerprintChange = {
	at: Seconds;
	components: Component[];
	/** They became the fingerprint, counted as a replacement. [SE6] */
	counted: boolean;
};

/** What a signed file says of its activation. */
export type SignedFile = {
	gen: number;
	/** `jti` of the request that it answers. */
	request: string;
	/** Thumbprint of the key that signed that request, and who held it if not the machine. */
	key: string;
	held?: string;
	fp: Fingerprint;
	label?: string;
	name: string;
	exp?: Seconds;
	/** Later than `exp` by the grace that it gives: its machine may run until then. [GR1] */
	opensUntil?: Seconds;
};

/** How a seat is given back: by the machine itself, or by its manager's word. */
export type LeavingWay = 'return' | 'retire';

/** A new activation, by the file that the ledger heard of first. @param more - What is not usual. */
export function begin(
	file: SignedFile,
	grantedAt: Seconds,
	more: Partial<Pick<ActivationRecord, 'state' | 'overage' | 'drawn' | 'twin'>> = {}
): ActivationRecord {
	const { gen, request, fp, label = null, name, exp = null } = file;
	return {
		state: 'active',
		coolsUntil: null,
		gen,
		fp,
		firstKey: firstKeyOf(file),
		held: heldOf(file),
		label,
		name,
		grantedAt,
		expiresAt: exp,
		filesEndAt: lastOf(file),
		request,
		overage: false,
		drawn: false,
		changes: null,
		twin: null,
		...more
	};
}

/** A machine takes its own cooling seat, under a new activation: the files of the old one are still out. [SE5] */
export function takeBack(
	left: ActivationRecord,
	file: SignedFile,
	grantedAt: Seconds
): ActivationRecord {
	const row = begin(file, grantedAt);
	return { ...row, filesEndAt: laterEnd(left.filesEndAt, row.filesEndAt) };
}

/**
 * The hub has signed its next file: it is no overage of a desk any more. The first request's key goes
 * on to prove a return; a later one does not. [SE3, SE5, AL4]
 */
export function renew<R extends ActivationRecord>(
	known: R,
	file: SignedFile,
	grantedAt: Seconds = known.grantedAt
): R {
	const { gen, request, fp, label = null, name, exp = null } = file;
	return {
		...known,
		gen,
		fp,
		label,
		name,
		grantedAt,
		request,
		expiresAt: exp,
		filesEndAt: laterEnd(known.filesEndAt, lastOf(file)),
		overage: known.overage && !known.drawn,
		drawn: false
	};
}

/**
 * A desk has signed a file for a machine that holds this seat. Where it drew the activation itself,
 * its generation counts; by the file of another slot the machine only joins. [AL4, AL5] The
 * fingerprint stays: no desk changes one. [MA5] So do of what it only joins the time at which the hub
 * granted it, by which a newer activation of its machine is known, and its end: the file that joins it
 * is given back by itself. [SE8]
 */
export function join<R extends ActivationRecord>(
	known: R,
	file: SignedFile & { isOwn: boolean },
	grantedAt: Seconds
): R {
	const { gen, request, label = null, name, isOwn } = file;
	const isNewest = isOwn && gen > known.gen;
	return {
		...known,
		gen: isNewest ? gen : known.gen,
		request: isNewest ? request : known.request,
		label,
		name,
		grantedAt: isOwn ? grantedAt : known.grantedAt,
		filesEndAt: isOwn ? laterEnd(known.filesEndAt, lastOf(file)) : known.filesEndAt,
		drawn: true
	};
}

/** The file of an earlier generation turned up: it is out, and may end last. [SY6] */
export function joinEarlier<R extends ActivationRecord>(
	known: R,
	file: Pick<SignedFile, 'exp' | 'opensUntil'>
): R {
	return { ...known, filesEndAt: laterEnd(known.filesEndAt, lastOf(file)) };
}

/** Its machine showed other components. Those that the quota counts are kept for its span. [MA5, SE6] */
export function noteChange<R extends ActivationRecord>(known: R, change: FingerprintChange): R {
	const counted = countedChanges(known, change.at);
	return { ...known, changes: [...counted, change] };
}

/** Replacements of its fingerprint within the span of the quota. [SE6] */
export function countedChanges(
	{ changes }: Pick<ActivationRecord, 'changes'>,
	now: Seconds
): FingerprintChange[] {
	return (changes ?? []).filter(({ at, counted }) => counted && at > now - QUOTA_SPAN_SECONDS);
}

/** Facts come in any order: the first request's key may be told last. [SE5] */
export function learnFirstKey<R extends ActivationRecord>(known: R, file: SignedFile): R {
	const firstKey = firstKeyOf(file);
	if (known.firstKey !== null || firstKey === null) return known;
	return { ...known, firstKey, held: heldOf(file) };
}

/** Of a file of a later generation nobody can tell whose key made the first request. [SE5] */
export function firstKeyOf({ gen, key }: Pick<SignedFile, 'gen' | 'key'>): string | null {
	return gen === 1 ? key : null;
}

function heldOf({ gen, held }: SignedFile): string | null {
	return gen === 1 ? (held ?? null) : null;
}

/** Whether this key, which signed a return, is the one that proves it. A desk's never does. [SE5] */
export function isProvenBy({ firstKey, held }: ActivationRecord, key: string): boolean {
	return held === null && firstKey === key;
}

/** The machine leaves its seat, which is free at once, or cools first. [SE5, SE6] */
export function leave<R extends ActivationRecord>(
	known: R,
	way: LeavingWay,
	coolsUntil: Seconds | null = null
): R {
	const left = way === 'retire' ? 'retired' : 'returned';
	return { ...known, state: coolsUntil === null ? left : 'cooling', coolsUntil };
}

/** When a file opens nothing more: without grace, at its end. [GR1] */
function lastOf({ exp, opensUntil = exp }: Pick<SignedFile, 'exp' | 'opensUntil'>): Seconds | null {
	return opensUntil ?? null;
}

/** When the last of several files ends: never, where one of them does not. [SE5] */
export function laterEnd(one: Seconds | null, other: Seconds | null): Seconds | null {
	return one === null || other === null ? null : Math.max(one, other);
}
