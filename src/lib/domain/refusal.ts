/**
 * Refusals: the expected "no" of every part, as values.
 *
 * A refusal carries a stable code and the facts that a person needs to act on it. Codes cross the
 * air gap inside signed files, so they are never renamed. The words that people read are in
 * `messages`, keyed by the same codes: a code without a text does not compile.
 *
 * @module
 */

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

	// The signatures do not lead to a root that is trusted here.
	SIGNATURE_INVALID: { type: string; kid: string };
	KEY_UNKNOWN: { kid: string };
	KEY_WEAK: { kid: string };
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
	LICENSE_EXPIRED: { number: string; expiredAt: number; contact: string };
	SEAT_LIMIT_REACHED: { number: string; seats: number; used: number; contact: string };
	VERSION_NOT_COVERED: { version: string; from: number; to: number; contact: string };
	KEY_FOREIGN: { product: string; contact: string };
	PRODUCT_MISMATCH: { expected: string; found: string };
	MAINTENANCE_ENDED: { maintainedUntil: number; builtAt: number; contact: string };
	ENTITLEMENT_MISSING: { entitlement: string };

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
	ACTIVATION_RETIRED: { act: string; contact: string };
	/** `file` is where the return lies, or the receipt once it is loaded (`settled`). */
	ACTIVATION_RETURNED: { act: string; file: string; settled: boolean };
	ACTIVATION_UNKNOWN: { activation: string };
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
	NOT_PERMITTED: { action: string };
	RATE_LIMITED: { retryAfterSeconds: number };
	BODY_INVALID: { path: string; reason: string };
	BODY_TOO_LARGE: { limit: number };
	NOT_FOUND: { what: string };
	/** The hub has one public address, and was asked under another. */
	HOST_NOT_SERVED: { address: string };
	/** No refusal of the key: what its maker has to know. */
	KEY_OF_STAFF: Record<string, never>;
	/** The hub's own disk: nothing was stored, and the same again works once there is room. */
	HUB_STORAGE_FULL: Record<string, never>;
	HUB_UNREACHABLE: { hub: string };

	// The outbox.
	COMMAND_UNKNOWN: { type: string; version: number };
	COMMAND_FAILED: { support: string };
	/** What has happened could not be recorded: it is not settled, and brought again. [SY10] */
	FACT_FAILED: { support: string };
	OUTBOX_FORKED: { outbox: string };
	/** The outbox belongs to another desk's key, or to another user. */
	OUTBOX_NOT_YOURS: { outbox: string };
	/** A push that the desk's key did not sign, or not these bytes. */
	PUSH_NOT_SIGNED: { outbox: string; reason: string };
	PROTOCOL_UNSUPPORTED: { found: number; oldest: number; newest: number };
	/** Settled so long ago that its result is no longer kept. */
	ALREADY_DONE: { id: string };
	DEPENDENCY_REFUSED: { dependsOn: number };
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
