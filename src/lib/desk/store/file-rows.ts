/**
 * Rows of the files that this desk carries: requests, answers, license keys. Each keeps the file byte
 * for byte, and a summary of it.
 *
 * @module
 */
import type { Seconds } from '#lib/domain/time.ts';
import type { Fingerprint } from '#lib/domain/machines/machine.ts';
import type { Refusal } from '#lib/domain/refusal.ts';
import type { TokenType } from '#lib/formats/tokens.ts';

/** What kinds of files travel: the type of the token that ends them. */
export type FileKind = TokenType;

/** What a file says, in the words that screens show. Nothing here is trusted by itself. */
export type FileSummary = {
	/** Product title, or the product's slug where the file carries no title. */
	product?: string;
	number?: string;
	/** Host or asset tag. */
	label?: string;
	name?: string;
	organization?: string;
	site?: string;
	edition?: string;
	entitlements?: string[];
	seats?: number;
	clients?: number;
	/** Product majors that the license covers. */
	versions?: { from: number; to: number };
	maintainedUntil?: Seconds;
	expiresAt?: Seconds;
	/** When it was made: hub time in files of the hub, the machine's own time in requests. [CL2] */
	madeAt?: Seconds;
	/** Version of the product that asks. */
	version?: string;
	os?: string;
	virtual?: boolean;
	fingerprint?: Fingerprint;
	/** The machine key of this request is held by a desk. [MA3] */
	heldByDesk?: boolean;
	/** Of a draw: the allotment and its slot. [AL2] */
	allotment?: string;
	slot?: number;
	/** `act` and generation of an activation file. */
	act?: string;
	generation?: number;
	/** `jti` of the request or return that this file answers. */
	request?: string;
	/** In a receipt: the seat is free, or cools until then. [SE5] */
	freed?: true | Seconds;
	/** The hub's "no", as a refusal file carries it. */
	refusal?: Refusal;
	/** Of a push: how many commands it brings. */
	commands?: number;
	/** The hub that signed it. */
	hub?: string;
	contact?: string;
};

/**
 * What this desk made or carries to be submitted, kept byte for byte: an activation request, or the
 * return of a seat. [FI1, MA4]
 */
export type StoredRequest = {
	jti: string;
	/** Absent: an activation request. */
	kind?: 'return';
	/** Names of the receipts to come, by the `jti` of the returns that ride in a request. [MA4] */
	carries?: Record<string, string>;
	number: string;
	/** Armoured text. */
	text: string;
	summary: FileSummary;
	origin: 'made' | 'imported';
	/** The name that the file came or goes by. */
	fileName: string;
	/** The desk's own time. */
	storedAt: Seconds;
	/** When it was last saved or shown to be carried on, the desk's own time. */
	savedAt?: Seconds;
};

/** Anything else carried on: answers, license keys of others, trust. Byte for byte. [FI1] */
export type FileRow = {
	jti: string;
	kind: FileKind;
	/** `jti` of the request or return that it answers. */
	request?: string;
	number?: string;
	text: string;
	summary: FileSummary;
	/** Its signatures led to a pinned root when it was taken in. */
	verified: boolean;
	fileName: string;
	storedAt: Seconds;
	/** When it was last saved or shown to be carried on. */
	savedAt?: Seconds;
	/** Of another desk's push: what the hub said to it. `left` waits for its author. [SY8] */
	relayed?: { at: Seconds; answered: number; left: number; refusal?: Refusal };
};

/** A license key that this desk holds. */
export type KeyRow = {
	/** `jti` of the license key. */
	jti: string;
	licenseId: string;
	number: string;
	text: string;
	summary: FileSummary;
	verified: boolean;
	storedAt: Seconds;
};
