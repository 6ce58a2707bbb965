/**
 * Rows of what is this desk's own and exists nowhere else: keys, allotments and what was drawn from
 * them, the outbox.
 *
 * @module
 */
import type { AllotmentState } from '#lib/domain/seats/allotment.ts';
import type { Seconds } from '#lib/domain/time.ts';
import type { Command, CommandResult } from '#lib/protocol/commands.ts';
import type { Claims, PublicJwk } from '#lib/formats/tokens.ts';

/** A machine key that this desk made for one request, in a row of its own. [MA3] */
export type MachineKeyRow = {
	/** `jti` of the request. */
	request: string;
	/** Not extractable where the browser can keep it so, else a JWK. */
	privateKey: CryptoKey | JsonWebKey;
	publicKey: JsonWebKey;
};

/** The key of this desk: it signs draws, closes and pushes of one outbox. [SY9, AL1] */
export type DeskKeyRow = {
	outbox: string;
	/** Thumbprint: what allotments are bound to. */
	jkt: string;
	/** Not extractable where the browser can keep it so, else a JWK. */
	privateKey: CryptoKey | JsonWebKey;
	publicKey: PublicJwk;
};

/** A block of seats set aside for this desk. It exists nowhere else once the mirror is gone. [AL1] */
export type OwnAllotmentRow = {
	/** `jti` of its token. */
	id: string;
	number: string;
	/** Thumbprint of the desk key that draws from it. */
	jkt: string;
	claims: Claims['allotment'];
	/** The allotment file: hub key and allotment. */
	text: string;
	/** `closed` as soon as this desk decided so; everything else as the hub said last. [AL4] */
	state: AllotmentState;
	/** What the close says, stored before it is signed; `signedAt` once its command is queued. */
	close?: { claims: Claims['close']; signedAt?: Seconds };
	storedAt: Seconds;
};

/** One draw: slot and machine are bound before anything is signed. [AL2] */
export type DrawRow = {
	/** `<allotment>.<slot>.<generation>`: another tab that binds the same fails. */
	id: string;
	allotment: string;
	/** `jti` of the request. */
	request: string;
	/** `bound`: to be signed, now or at the next start. `drawn`: its file and its command are stored. */
	state: 'bound' | 'drawn';
	/** What is signed, and signed again after a crash: the same bytes. */
	claims: Claims['activation'];
	/** The desk's own time. */
	boundAt: Seconds;
};

/** One line of the outbox with what became of it. [SY1] */
export type OutboxRow = Command & {
	/** Indexed: what still has to be settled by the hub. */
	state: 'waiting' | 'settled';
	/** What the command is about: the `jti` of the request or return. */
	subject: string;
	result?: CommandResult;
	/** The desk's own time. */
	settledAt?: Seconds;
	/** A changed text: what the hub made of it is in the mirror. [CH1] */
	isMirrored?: boolean;
	/** A refused text: when a person decided what becomes of it. [CH1] */
	decidedAt?: Seconds;
};
