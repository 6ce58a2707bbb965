/**
 * What is asked of a ledger, once it is known to be genuine and whose license it is about.
 *
 * @module
 */
import type { VerifiedRequest } from '#lib/signing/request.ts';
import type { VerifiedReturn } from '#lib/signing/return.ts';

/** A verified return, and the license whose seat it gives back. */
export type PlacedReturn = {
	proof: VerifiedReturn;
	customerId: string;
	licenseId: string;
	/** Who brings it, for the audit. [AU1] */
	actor: string;
};

/**
 * `wait`: where no seat is free, one is waited for. `withdraw`: no longer. `turn`: it waits, and a
 * seat is free. [RE1]
 */
export type AskWay = 'wait' | 'withdraw' | 'turn';

/** A request whose signature is checked, and the license that it may be decided for. */
export type Ask = {
	request: VerifiedRequest;
	customerId: string;
	licenseId: string;
	/** Who brings it, for the audit. [AU1] */
	actor: string;
	/** Returns that the request file carries; they are applied first. [MA4] */
	returns?: readonly PlacedReturn[];
	/** Absent: it is to be decided now. */
	way?: AskWay;
};
