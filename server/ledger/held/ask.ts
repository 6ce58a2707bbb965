/**
 * What is asked of a ledger, once it is known to be genuine and whose license it is about.
 *
 * @module
 */
import type { TextChange, TextField } from '#lib/domain/licenses/change.ts';
import type { MachineSaid } from '#lib/domain/machines/machine-said.ts';
import type { Claims } from '#lib/formats/tokens.ts';
import type { VerifiedRequest } from '#lib/signing/request.ts';
import type { VerifiedReturn } from '#lib/signing/return.ts';

/** All that one transaction can decide. */
export type Placed =
	| PlacedRequest
	| PlacedReturn
	| PlacedDraw
	| PlacedClose
	| PlacedAllotment
	| PlacedReservation
	| PlacedChange;

/** Where something belongs, and who submits it, for the audit. [AU1] */
export type Placement = { customerId: string; licenseId: string; actor: string };

/**
 * `decide`: now. `wait`: where no seat is free, one is waited for. `withdraw`: no longer. `serve`: it
 * waits, and a seat is free. [RE1]
 */
export type RequestIntent = 'decide' | 'wait' | 'withdraw' | 'serve';

/** A request whose signature is checked, and the license that it may be decided for. */
export type PlacedRequest = Placement & {
	kind: 'request';
	request: VerifiedRequest;
	/** Returns that the request file carries; they are applied first. [MA4] */
	returns: readonly PlacedReturn[];
	intent: RequestIntent;
};

/** A verified return, and the license whose seat it gives back. */
export type PlacedReturn = Placement & {
	kind: 'return';
	proof: VerifiedReturn;
	/** What a desk made is recorded first, should it not be known. [MA4] */
	draw?: PlacedDraw;
};

/** An allotment as it was signed, verified up to a root, and the license it is about. */
export type BelowAllotment = Placement & {
	allotment: {
		claims: Claims['allotment'];
		/** The hub key that signed it. */
		kid: string;
		text: string;
		/** Thumbprint of the desk's key. */
		jkt: string;
	};
};

/** An allotment by itself, which a restored hub may have forgotten. [SY6] */
export type PlacedAllotment = BelowAllotment & { kind: 'allotment' };

/** An activation that a desk made: its token `text`. [AL4] */
export type PlacedDraw = BelowAllotment & {
	kind: 'draw';
	text: string;
	kid: string;
	claims: Claims['activation'];
	/** What the request says of its machine, where the desk sent that along. [P11] */
	said?: MachineSaid | null;
};

/** A desk draws no more. [AL4] */
export type PlacedClose = BelowAllotment & { kind: 'close'; text: string; claims: Claims['close'] };

/** The desk that signed a push, as its key says. [SY9] */
export type SigningDesk = {
	/** Thumbprint of its key. */
	jkt: string;
	jwk: { kty: 'OKP'; crv: 'Ed25519'; x: string };
	/** What people call it. */
	name: string;
};

/** A desk asks for a block of seats. [AL1] */
export type PlacedReservation = Placement & {
	kind: 'reservation';
	/** Of the command, and of the allotment. */
	id: string;
	seats: number;
	desk: SigningDesk & { outbox: string };
	userId: string;
};

/** Somebody changes a text: of the license, or of a machine of it. [CH1] */
export type PlacedChange = Placement &
	TextChange & {
		kind: 'change';
		field: TextField;
		/** Of a machine: its activation. */
		act?: string;
	};
