/**
 * What a connection tells its program, besides what can be asked of it at any time.
 *
 * @module
 */
import type { Refusal } from '#lib/domain/refusal.ts';
import type { RestartNotice } from '#lib/protocol/lease.ts';
import type { HeldLease } from './held-lease.ts';

export type ConnectionEvents = {
	/** Whoever stood in line has a lease now. */
	granted: [HeldLease];
	/** In line: 1 is next. */
	waiting: [{ place: number }];
	/** The license on the server has changed: start again within so many seconds. [LE6] */
	restart: [RestartNotice];
	/** The server does not answer, or has no seat at the moment: work may go on for `left` seconds. Told again at each try. */
	lost: [{ left: number; why: Refusal }];
	/** All is well again: with the lease, where there is one. */
	back: [HeldLease?];
	/** The lease lives until its `until`, or a hub has signed a newer file. */
	renewed: [HeldLease?];
	/** Nothing is open any more. After `GRACE_OVER` it is tried further, and `back` may come. */
	ended: [Refusal];
};
