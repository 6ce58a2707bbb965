/**
 * What is asked of a ledger, once it is known to be genuine and whose license it is about.
 *
 * @module
 */
import type { Claims } from '#lib/formats/tokens.ts';
import type { VerifiedRequest } from '#lib/signing/request.ts';
import type { VerifiedReturn } from '#lib/signing/return.ts';
import type { SigningDesk } from '#server/operations/push/outboxes.ts';

/** A verified return, and the license whose seat it gives back. */
export type PlacedReturn = {
	proof: VerifiedReturn;
	/** What a desk made is recorded first, should it not be known. [MA4] */
	draw?: PlacedDraw;
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

/** Which desk pushes, as the key that signed the push says. [SY9] */
export type Desk = SigningDesk & { outbox: string };

/** What a desk signed below an allotment, verified up to a root, and the license it is about. */
export type PlacedFact = {
	allotment: {
		claims: Claims['allotment'];
		/** The hub key that signed it. */
		kid: string;
		text: string;
		/** Thumbprint of the desk's key. */
		jkt: string;
	};
	/** The desk's token. */
	text: string;
	customerId: string;
	licenseId: string;
	/** Who brings it, for the audit. [AU1] */
	actor: string;
};

/** An allotment by itself, which a restored hub may have forgotten. [SY6] */
export type PlacedAllotment = Omit<PlacedFact, 'text'> & { kind: 'allotment' };

/** An activation that a desk made. [AL4] */
export type PlacedDraw = PlacedFact & { kind: 'draw'; kid: string; claims: Claims['activation'] };

/** A desk draws no more. [AL4] */
export type PlacedClose = PlacedFact & { kind: 'close'; claims: Claims['close'] };

/** A desk asks for a block of seats. [AL1] */
export type PlacedReservation = {
	/** Id of the command, and of the allotment. */
	reserve: string;
	seats: number;
	desk: Desk;
	userId: string;
	customerId: string;
	licenseId: string;
	actor: string;
};
