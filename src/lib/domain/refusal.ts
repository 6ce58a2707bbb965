/**
 * Refusals: the expected "no" of every part, as values.
 *
 * A refusal carries a stable code and the facts that a person needs to act on it. Codes cross the
 * air gap inside signed files, so they are never renamed. The words that people read are in
 * `messages`, keyed by the same codes: a code without a text does not compile.
 *
 * @module
 */
import type { LeaseHolder } from './lease-holder.ts';

/** Every code with the shape of its facts. Times are NumericDate seconds. */
export type Refusals = {
	// What was brought is not one of ours, or not whole.
	FILE_TOO_LARGE: { bytes: number; limit: number };
	FILE_MALFORMED: { reason: string; line?: number };
	TOO_MANY_FILES: { limit: number };
	TOKEN_MALFORMED: { reason: string };
	TOKEN_TYPE_UNEXPECTED: { expected: string[]; found: string };
	CLAIMS_INVALID: { type: string; path: string; reason: string };
	FORMAT_VERSION_UNSUPPORTED: { found: number; newest: number };
	QR_MALFORMED: { reason: string };
	FINGERPRINT_MALFORMED: { reason: string };
	LICENSE_NUMBER_INVALID: { number: string };
	DATE_INVALID: { text: string };
	/** A name of white space or of signs that nobody sees. */
	NAME_BLANK: { field: string };

	// The signatures do not lead to a root that is trusted here.
	SIGNATURE_INVALID: { type: string; kid: string };
	KEY_UNKNOWN: { kid: string };
	KEY_WEAK: { kid: string };
	/** Not the file: what reads it knows no Ed25519. */
	ED25519_MISSING: Record<string, never>;
	KEY_NOT_ALLOWED: { kid: string; type: string };
	HUB_KEY_NOT_VALID: { kid: string; signedAt: number; from: number; to: number };
	HUB_KEY_VOIDED: { kid: string };
	CHAIN_INCOMPLETE: { kid: string };

	// The hub, or a verifier, says no to a license.
	LICENSE_NOT_FOUND: { number: string };
	LICENSE_SUSPENDED: { number: string; contact: string };
	LICENSE_FROZEN: { number: string; contact: string };
	/** Another customer's license goes on in its place. */
	LICENSE_MOVED: { number: string; successor: string; contact: string };
	/** A machine or a desk has held a seat of it: it does not go as a whole any more. */
	LICENSE_USED: { number: string; contact: string };
	/** It was upgraded before: `upgrade` is the license for newer versions. */
	LICENSE_UPGRADED: { number: string; upgrade: string; contact: string };
	LICENSE_EXPIRED: { number: string; expiredAt: number; contact: string };
	SEAT_LIMIT_REACHED: { number: string; seats: number; used: number; contact: string };
	/** `upgrade`: number of the license that the customer has for newer versions. */
	VERSION_NOT_COVERED: {
		version: string;
		from: number;
		to: number;
		contact: string;
		upgrade?: string;
	};
	/** The machine had a trial of this product before. */
	TRIAL_USED: { number: string; product: string; startedAt: number; contact: string };
	KEY_FOREIGN: { product: string; contact: string };
	PRODUCT_MISMATCH: { expected: string; found: string };
	MAINTENANCE_ENDED: { maintainedUntil: number; builtAt: number; contact: string };
	ENTITLEMENT_MISSING: { entitlement: string };
	/** The catalog leaves it to the vendor alone. */
	ENTITLEMENT_FIXED: { entitlement: string };
	/** The license has it; this version of the product does not yet. */
	ENTITLEMENT_NEEDS_VERSION: { entitlement: string; since: string; version: string };

	// Releases of a product, and their files.
	/** It has files for `platforms` alone. */
	PLATFORM_NOT_RELEASED: { version: string; platform: string; platforms: string[] };
	RELEASE_WITHDRAWN: { product: string; version: string; withdrawnAt: number };
	/** Under this name the release has another file already: a file that was released never changes. */
	RELEASE_FILE_TAKEN: { version: string; name: string };
	/** The bytes are not those that were announced: SHA-256 of both, in hexadecimal. */
	RELEASE_FILE_DAMAGED: { name: string; expected: string; found: string };
	/** The hub knows the file and does not hold it: a restore brings rows alone. */
	RELEASE_FILE_MISSING: { name: string };
	/** The address of one download or upload: it is over, or it is none. */
	DOWNLOAD_LINK_INVALID: Record<string, never>;

	// The machine.
	/** `given`: the license allows a fingerprint given by hand. */
	FINGERPRINT_TOO_WEAK: { present: string[]; given: boolean };
	FINGERPRINT_NOT_ALLOWED: { number: string };
	FINGERPRINT_MISMATCH: { matched: string[]; differ: string[]; needed: number };
	FINGERPRINT_AMBIGUOUS: { labels: string[] };
	VIRTUAL_MACHINE_REFUSED: { number: string; contact: string };
	MACHINE_NOT_ACTIVATED: { product: string };
	MACHINE_KEY_MISMATCH: { act: string };

	// The activation itself.
	REQUEST_SPENT: { request: string };
	REQUEST_UNKNOWN: { request: string };
	REQUEST_ID_TAKEN: { request: string };
	ACTIVATION_EXPIRED: { expiredAt: number; clock: number; trusted: number; contact: string };
	/** A warning: it has ended, and still opens. */
	ACTIVATION_IN_GRACE: { endedAt: number; worksUntil: number; contact: string };
	ACTIVATION_RETIRED: { act: string; contact: string };
	/** `file` is where the return lies, or the receipt once it is loaded (`settled`). */
	ACTIVATION_RETURNED: { act: string; file: string; settled: boolean };
	ACTIVATION_UNKNOWN: { activation: string };
	/** A return that came before its activation: it counts once that has been brought. */
	RETURN_KEPT: { activation: string };
	ACTIVATION_AMBIGUOUS: { activations: string[] };
	GENERATION_SUPERSEDED: { generation: number; newest: number };

	// Allotments: what a desk may issue from, and what became of it.
	ALLOTMENT_NOT_FOUND: { allotment: string };
	/** The person, or all desks of the license, hold `held` of the `allowed` seats already. */
	ALLOTMENT_LIMIT_REACHED: {
		number: string;
		allowed: number;
		held: number;
		of: 'person' | 'license';
	};
	ALLOTMENT_SPENT: { number: string; slots: number };
	ALLOTMENT_ENDED: { allotment: string; endedAt: number };
	ALLOTMENT_CLOSED: { allotment: string; state: string };
	/** Seats cannot be written off before issuing has ended. */
	ALLOTMENT_STILL_ISSUING: { allotment: string; until: number };
	/** Browsers wipe storage that nobody asked them to keep. */
	STORAGE_NOT_KEPT: Record<string, never>;
	/** Nothing new could be stored; what was stored before is there. */
	STORAGE_FULL: { usedBytes: number; quotaBytes: number };
	/** The desk's data is older than what it has issued: `issued` there were, `known` are left here. */
	DESK_RESTORED: { allotment: string; issued: number; known: number };
	/** A draw says something that its allotment does not. */
	DRAW_INVALID: { allotment: string; claim: string };
	/** Another machine has this slot: the desk was copied. `until` is when this machine's file ends. */
	SLOT_CONTESTED: { number: string; slot: number; until: number; contact: string };

	// Clocks and state.
	CLOCK_BEHIND: { clock: number; trusted: number };
	CLOCK_AHEAD: { clock: number; trusted: number };
	STATE_OF_OTHER_MACHINE: { folder: string; differ: string[] };
	STATE_KEY_ELSEWHERE: { folder: string; owner: string };
	ROOTS_MISSING: { looked: string[] };

	// Asking the hub.
	SIGN_IN_REQUIRED: Record<string, never>;
	SIGN_IN_REFUSED: { email: string };
	/** The account of a site server. */
	ADMIN_SIGN_IN_REFUSED: { name: string };
	/** Its admin has set that a site server asks no other server. */
	HUB_CONTACT_FORBIDDEN: Record<string, never>;
	NOT_PERMITTED: { action: string };
	PASSWORD_SHORT: { least: number };
	PASSWORD_COMMON: Record<string, never>;
	/** Wrong, used or over: the code of a mail. With no tries left another one is sent. */
	CODE_INVALID: { triesLeft: number };
	/** The address is proven, and whoever has proven it is to say what they are called. */
	NAME_REQUIRED: Record<string, never>;
	/** Whoever signed in has shown the first of two things. */
	SECOND_FACTOR_REQUIRED: Record<string, never>;
	SECOND_FACTOR_REFUSED: Record<string, never>;
	SECOND_FACTOR_SET: Record<string, never>;
	/** Whoever needs it, or asks it of others, is to have it. */
	SECOND_FACTOR_MISSING: Record<string, never>;
	/** What opens doors for long is asked of whoever has signed in lately. */
	SIGN_IN_STALE: Record<string, never>;
	/** A proven address without an account, where nobody makes one by themselves. */
	ACCOUNT_UNKNOWN: Record<string, never>;
	/** `denied` by its user, `unanswered` or answered with what proves nothing, `stale`: of another trip. */
	PROVIDER_FAILED: { provider: string; reason: 'denied' | 'unanswered' | 'stale' };
	/** The provider does not say that the address is verified. */
	PROVIDER_ADDRESS_UNPROVEN: { provider: string };
	PROVIDER_LINKED_ELSEWHERE: { provider: string };
	/** Unknown, used, withdrawn or over: whoever holds its code is told no more. */
	INVITATION_INVALID: Record<string, never>;
	/** Somebody else is signed in than it was sent to. */
	INVITATION_FOR_OTHER: { email: string };
	ALREADY_MEMBER: { email: string };
	/** No site server shows this code, or it has been answered. */
	SERVER_CODE_INVALID: Record<string, never>;
	SERVER_CODE_EXPIRED: { expiredAt: number };
	/** Somebody else has entered it before. */
	SERVER_CODE_TAKEN: Record<string, never>;
	/** What a site server is told that asks before a person has answered, and too often. RFC 8628 */
	AUTHORIZATION_PENDING: Record<string, never>;
	SLOW_DOWN: { interval: number };
	/** The person said no. */
	SERVER_DENIED: Record<string, never>;
	/** Nobody would be left to look after people. */
	LAST_OF_ROLE: { role: string };
	RATE_LIMITED: { retryAfterSeconds: number };
	BODY_INVALID: { path: string; reason: string };
	BODY_TOO_LARGE: { limit: number };
	NOT_FOUND: { what: string };
	/** A list of resources as a whole; what is wrong with its rows is said by row. [RS2] */
	LIST_UNREADABLE: { reason: string; line: number };
	/** Its own words are not passed on: they may repeat what was typed. [RS2] */
	DATABASE_SERVER_REFUSED: { address: string; reason: string };
	/** A customer or a product of that name is there already. */
	NAME_TAKEN: { what: 'customer' | 'product'; name: string; id: string };
	/** A picture that is no logo of the vendor's. [VF1] */
	LOGO_INVALID: {
		reason: 'not-png' | 'too-large' | 'too-many-pixels' | 'interlaced' | 'damaged';
	};
	/** No secret of this hub has signed it, or a header is missing. */
	WEBHOOK_NOT_SIGNED: Record<string, never>;
	/** Signed too long ago, or by a clock that is ahead; both in seconds since 1970. */
	WEBHOOK_TIME_OFF: { sentAt: number; hubTime: number };
	/** The same line, or the same event, with other content than before. */
	ORDER_CHANGED: { purchase: string; line?: string };
	/** Nothing is known of the purchase, or of that line of it. */
	ORDER_UNKNOWN: { purchase: string; line?: string };
	/** The catalog has no such product, or not yet. */
	ORDER_PRODUCT_UNKNOWN: { purchase: string; product: string };
	/** The license is not one of the customer that the purchase belongs to. */
	ORDER_LICENSE_UNKNOWN: { purchase: string; number: string };
	/** Nothing is told to an address that leads into a private network or to the hub's own machine. [WH1] */
	ADDRESS_NOT_PUBLIC: { address: string };
	/** Nothing new is issued of an archived product, or to an archived customer. */
	ARCHIVED: { what: 'customer' | 'product'; name: string };
	/** The hub has one public address, and was asked under another. */
	HOST_NOT_SERVED: { address: string };
	/** A certificate or key file on the hub's machine with which it cannot serve its address. */
	CERTIFICATE_UNUSABLE: { path: string; reason: string };
	/** No refusal of the key: what its maker has to know. */
	KEY_OF_STAFF: Record<string, never>;
	/** The hub's own disk: nothing was stored, and the same again works once there is room. */
	HUB_STORAGE_FULL: Record<string, never>;
	/** Somebody else holds what this needs, or the database is slow: the same again works soon. */
	HUB_BUSY: { retryAfterSeconds: number };
	/** The hub's database does not answer: nothing was stored, and the same again works once it does. */
	DATABASE_AWAY: { retryAfterSeconds: number };
	/** The key that the hub signs with has ended: it signs nothing until its operator rotates it. */
	HUB_KEY_ENDED: { kid: string; endedAt: number };
	HUB_UNREACHABLE: { hub: string };

	// A client and the site server that counts it.
	/** None of its addresses is answered by a site server. */
	SITE_UNREACHABLE: { addresses: string[] };
	/** Whoever answers there shows no license that leads to a pinned root, or did not say this. */
	SITE_NOT_TRUSTED: { reason: string };
	/** A client has heard nothing of its site server since, for longer than its license allows. */
	GRACE_OVER: { since: number };
	// A site server and its clients.
	/** `freeAt`: when one may be free at the latest, where that is known. [LE7] */
	CLIENT_LIMIT_REACHED: {
		product: string;
		clients: number;
		holders: LeaseHolder[];
		freeAt?: number;
	};
	/** Another copy of the same client has claimed since. [LE3] */
	REPLACED: Record<string, never>;
	/** By an admin, who gave a reason; by time, or never begun, where it is empty. [LE4] */
	LEASE_ENDED: { reason: string };
	/** The MAC of a call is missing, or is not that of the key that it names. [LE4] */
	CLIENT_PROOF_INVALID: Record<string, never>;
	/** No license that is active on the site server serves clients of this product. */
	NO_SERVER_LICENSE: { product: string };
	CLIENT_VERSION_REFUSED: { version: string; from: string; to: string };
	/** Not a resource of this site server, or its license is not active there. [RS1] */
	RESOURCE_NOT_OPEN: { resource: string };
	RESOURCE_LIMIT_REACHED: { resource: string; limit: number; holders: LeaseHolder[] };

	// The outbox.
	COMMAND_UNKNOWN: { type: string; version: number };
	COMMAND_FAILED: { support: string };
	/** What has happened could not be recorded: it is not settled, and brought again. [SY10] */
	FACT_FAILED: { support: string };
	OUTBOX_FORKED: { outbox: string };
	/** The device was ended: what it asks for is not done. [DV1] */
	DESK_ENDED: { outbox: string; endedAt: number };
	/** The outbox belongs to another desk's key, or to another user. */
	OUTBOX_NOT_YOURS: { outbox: string };
	/** A push that the desk's key did not sign, or not these bytes. */
	PUSH_NOT_SIGNED: { outbox: string; reason: string };
	PROTOCOL_UNSUPPORTED: { found: number; oldest: number; newest: number };
	/** Settled so long ago that its result is no longer kept. */
	ALREADY_DONE: { id: string };
	DEPENDENCY_REFUSED: { dependsOn: number };
	/** There is another text than the one that was to be replaced: `value`, of whom and when. */
	CHANGED_MEANWHILE: { mine: string; value: string; by?: string; at?: number; id?: string };
};

export type RefusalCode = keyof Refusals;

/** One refusal: `refused` tells which, and narrows `facts`. */
export type Refusal<C extends RefusalCode = RefusalCode> = {
	[K in C]: { readonly refused: K; readonly facts: Refusals[K] };
}[C];

export function refuse<C extends RefusalCode>(code: C, facts: Refusals[C]): Refusal<C> {
	// Sound: the mapped type above is this very record for the one code C.
	return { refused: code, facts };
}

export function isRefusal(value: unknown): value is Refusal {
	return typeof value === 'object' && value !== null && 'refused' in value && 'facts' in value;
}

/** What is left of a list when its refusals are taken out. */
export function withoutRefusals<T>(values: readonly (T | Refusal)[]): T[] {
	return values.flatMap((value) => (isRefusal(value) ? [] : [value]));
}
