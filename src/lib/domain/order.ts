/**
 * Orders of a store: what their lines ask for, and what is made of it. [OR1]
 *
 * @module
 */
import type { Seconds } from './license.ts';

/** What a line did: a license of its own, a later end of one that was there, or more seats of it. */
export type OrderOutcome = 'made' | 'extended' | 'added-seats';

/** `failed`: signed well, and not carried out; its sender or staff may try it again. */
export type OrderEventState = 'done' | 'failed';

/** What became of an event that was carried out. */
export type OrderResult = {
	purchase: string;
	licenses: { line: string; number: string; outcome: OrderOutcome; refundedAt?: Seconds }[];
};
