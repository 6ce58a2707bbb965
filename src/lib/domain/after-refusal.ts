/**
 * What comes after a refusal: who acts next, and whether the same is brought again. One table for the
 * hub's results, the desk's queue, the exit codes of the CLI and the tables of SPEC.md. A code without
 * a row does not compile.
 *
 * @module
 */
import type { RefusalCode } from './refusal.ts';

/**
 * `asker`: whoever brought or typed it, or wrote the client that did. `machine`: whoever is at the
 * machine that it is about. `manager`: of the license's customer. `vendor`: its staff. `operator`:
 * whoever runs the program that refused.
 */
export type NextActor = 'asker' | 'machine' | 'manager' | 'vendor' | 'operator' | 'nobody';

/**
 * `same`: nothing was decided, and the same bytes may do after a while. `later`: the same bytes are
 * judged anew once somebody has acted. `never`: they end the same way, and something else has to be
 * brought. `done`: there is nothing to try.
 */
export type TryingAgain = 'same' | 'later' | 'never' | 'done';

/** Why a desk holds its queue: the refusal says nothing about the command that it answers. [SY3] */
export type HeldFor = 'signed-out' | 'old-version' | 'forked' | 'restored' | 'hub-fault';

export type AfterRefusal = {
	acts: NextActor;
	again: TryingAgain;
	/** The hub settles no command by it, and a desk keeps the command and asks again. */
	holds?: HeldFor;
};

export const afterRefusal: Readonly<Record<RefusalCode, AfterRefusal>> = {
	FILE_TOO_LARGE: { acts: 'asker', again: 'never' },
	FILE_MALFORMED: { acts: 'asker', again: 'never' },
	TOO_MANY_FILES: { acts: 'asker', again: 'never' },
	TOKEN_MALFORMED: { acts: 'asker', again: 'never' },
	TOKEN_TYPE_UNEXPECTED: { acts: 'asker', again: 'never' },
	CLAIMS_INVALID: { acts: 'asker', again: 'never' },
	FORMAT_VERSION_UNSUPPORTED: { acts: 'operator', again: 'later', holds: 'old-version' },
	QR_MALFORMED: { acts: 'asker', again: 'never' },
	FINGERPRINT_MALFORMED: { acts: 'asker', again: 'never' },
	LICENSE_NUMBER_INVALID: { acts: 'asker', again: 'never' },
	DATE_INVALID: { acts: 'asker', again: 'never' },
	NAME_BLANK: { acts: 'asker', again: 'never' },

	SIGNATURE_INVALID: { acts: 'asker', again: 'never' },
	KEY_UNKNOWN: { acts: 'asker', again: 'later' },
	KEY_WEAK: { acts: 'asker', again: 'never' },
	ED25519_MISSING: { acts: 'operator', again: 'later' },
	KEY_NOT_ALLOWED: { acts: 'vendor', again: 'never' },
	HUB_KEY_NOT_VALID: { acts: 'asker', again: 'never' },
	HUB_KEY_VOIDED: { acts: 'asker', again: 'never' },
	CHAIN_INCOMPLETE: { acts: 'asker', again: 'later' },

	LICENSE_NOT_FOUND: { acts: 'asker', again: 'later' },
	LICENSE_SUSPENDED: { acts: 'vendor', again: 'later' },
	LICENSE_FROZEN: { acts: 'vendor', again: 'later', holds: 'restored' },
	LICENSE_MOVED: { acts: 'vendor', again: 'never' },
	LICENSE_USED: { acts: 'vendor', again: 'never' },
	LICENSE_EXPIRED: { acts: 'vendor', again: 'later' },
	SEAT_LIMIT_REACHED: { acts: 'manager', again: 'later' },
	VERSION_NOT_COVERED: { acts: 'vendor', again: 'later' },
	TRIAL_USED: { acts: 'vendor', again: 'never' },
	LICENSE_UPGRADED: { acts: 'nobody', again: 'done' },
	KEY_FOREIGN: { acts: 'vendor', again: 'never' },
	PRODUCT_MISMATCH: { acts: 'asker', again: 'never' },
	MAINTENANCE_ENDED: { acts: 'vendor', again: 'never' },
	ENTITLEMENT_MISSING: { acts: 'vendor', again: 'never' },
	ENTITLEMENT_FIXED: { acts: 'vendor', again: 'never' },
	ENTITLEMENT_NEEDS_VERSION: { acts: 'asker', again: 'never' },

	PLATFORM_NOT_RELEASED: { acts: 'asker', again: 'never' },
	RELEASE_WITHDRAWN: { acts: 'asker', again: 'never' },
	RELEASE_FILE_TAKEN: { acts: 'asker', again: 'never' },
	RELEASE_FILE_DAMAGED: { acts: 'asker', again: 'later' },
	RELEASE_FILE_MISSING: { acts: 'operator', again: 'later' },
	DOWNLOAD_LINK_INVALID: { acts: 'asker', again: 'never' },

	FINGERPRINT_TOO_WEAK: { acts: 'machine', again: 'never' },
	FINGERPRINT_NOT_ALLOWED: { acts: 'machine', again: 'never' },
	FINGERPRINT_MISMATCH: { acts: 'machine', again: 'never' },
	FINGERPRINT_AMBIGUOUS: { acts: 'manager', again: 'later' },
	VIRTUAL_MACHINE_REFUSED: { acts: 'vendor', again: 'later' },
	MACHINE_NOT_ACTIVATED: { acts: 'machine', again: 'later' },
	MACHINE_KEY_MISMATCH: { acts: 'machine', again: 'never' },

	REQUEST_SPENT: { acts: 'machine', again: 'never' },
	REQUEST_UNKNOWN: { acts: 'asker', again: 'later' },
	REQUEST_ID_TAKEN: { acts: 'machine', again: 'never' },
	ACTIVATION_EXPIRED: { acts: 'vendor', again: 'never' },
	ACTIVATION_IN_GRACE: { acts: 'manager', again: 'done' },
	ACTIVATION_RETIRED: { acts: 'machine', again: 'never' },
	ACTIVATION_RETURNED: { acts: 'machine', again: 'never' },
	ACTIVATION_UNKNOWN: { acts: 'asker', again: 'never' },
	RETURN_KEPT: { acts: 'asker', again: 'later' },
	ACTIVATION_AMBIGUOUS: { acts: 'asker', again: 'never' },
	GENERATION_SUPERSEDED: { acts: 'nobody', again: 'done' },

	ALLOTMENT_NOT_FOUND: { acts: 'asker', again: 'never' },
	ALLOTMENT_LIMIT_REACHED: { acts: 'manager', again: 'later' },
	ALLOTMENT_SPENT: { acts: 'asker', again: 'never' },
	ALLOTMENT_ENDED: { acts: 'asker', again: 'never' },
	ALLOTMENT_CLOSED: { acts: 'asker', again: 'never' },
	ALLOTMENT_STILL_ISSUING: { acts: 'manager', again: 'later' },
	STORAGE_NOT_KEPT: { acts: 'asker', again: 'later' },
	STORAGE_FULL: { acts: 'asker', again: 'later' },
	DESK_RESTORED: { acts: 'manager', again: 'never' },
	DRAW_INVALID: { acts: 'asker', again: 'never' },
	SLOT_CONTESTED: { acts: 'machine', again: 'never' },

	CLOCK_BEHIND: { acts: 'machine', again: 'later' },
	CLOCK_AHEAD: { acts: 'machine', again: 'done' },
	STATE_OF_OTHER_MACHINE: { acts: 'machine', again: 'later' },
	STATE_KEY_ELSEWHERE: { acts: 'machine', again: 'later' },
	ROOTS_MISSING: { acts: 'machine', again: 'later' },

	SIGN_IN_REQUIRED: { acts: 'asker', again: 'later', holds: 'signed-out' },
	SIGN_IN_REFUSED: { acts: 'asker', again: 'never' },
	ADMIN_SIGN_IN_REFUSED: { acts: 'asker', again: 'never' },
	HUB_CONTACT_FORBIDDEN: { acts: 'operator', again: 'later' },
	PASSWORD_SHORT: { acts: 'asker', again: 'never' },
	PASSWORD_COMMON: { acts: 'asker', again: 'never' },
	CODE_INVALID: { acts: 'asker', again: 'never' },
	NAME_REQUIRED: { acts: 'asker', again: 'never' },
	SECOND_FACTOR_REQUIRED: { acts: 'asker', again: 'later' },
	SECOND_FACTOR_REFUSED: { acts: 'asker', again: 'never' },
	SECOND_FACTOR_SET: { acts: 'nobody', again: 'done' },
	SECOND_FACTOR_MISSING: { acts: 'asker', again: 'later' },
	SIGN_IN_STALE: { acts: 'asker', again: 'later' },
	ACCOUNT_UNKNOWN: { acts: 'manager', again: 'later' },
	PROVIDER_FAILED: { acts: 'asker', again: 'later' },
	PROVIDER_ADDRESS_UNPROVEN: { acts: 'asker', again: 'later' },
	PROVIDER_LINKED_ELSEWHERE: { acts: 'asker', again: 'later' },
	INVITATION_INVALID: { acts: 'manager', again: 'never' },
	INVITATION_FOR_OTHER: { acts: 'asker', again: 'later' },
	SERVER_CODE_INVALID: { acts: 'asker', again: 'never' },
	SERVER_CODE_EXPIRED: { acts: 'asker', again: 'never' },
	SERVER_CODE_TAKEN: { acts: 'asker', again: 'never' },
	AUTHORIZATION_PENDING: { acts: 'asker', again: 'same' },
	SLOW_DOWN: { acts: 'nobody', again: 'same' },
	SERVER_DENIED: { acts: 'asker', again: 'never' },
	ALREADY_MEMBER: { acts: 'nobody', again: 'done' },
	LAST_OF_ROLE: { acts: 'asker', again: 'later' },
	NOT_PERMITTED: { acts: 'manager', again: 'later' },
	RATE_LIMITED: { acts: 'nobody', again: 'same' },
	BODY_INVALID: { acts: 'asker', again: 'never' },
	BODY_TOO_LARGE: { acts: 'asker', again: 'never' },
	NOT_FOUND: { acts: 'asker', again: 'never' },
	LIST_UNREADABLE: { acts: 'asker', again: 'never' },
	DATABASE_SERVER_REFUSED: { acts: 'asker', again: 'later' },
	NAME_TAKEN: { acts: 'asker', again: 'never' },
	LOGO_INVALID: { acts: 'asker', again: 'never' },
	WEBHOOK_NOT_SIGNED: { acts: 'asker', again: 'later' },
	WEBHOOK_TIME_OFF: { acts: 'asker', again: 'never' },
	ORDER_CHANGED: { acts: 'asker', again: 'never' },
	ORDER_UNKNOWN: { acts: 'asker', again: 'later' },
	ORDER_PRODUCT_UNKNOWN: { acts: 'vendor', again: 'later' },
	ORDER_LICENSE_UNKNOWN: { acts: 'vendor', again: 'later' },
	ADDRESS_NOT_PUBLIC: { acts: 'asker', again: 'never' },
	ARCHIVED: { acts: 'vendor', again: 'later' },
	HOST_NOT_SERVED: { acts: 'asker', again: 'never' },
	CERTIFICATE_UNUSABLE: { acts: 'asker', again: 'later' },
	KEY_OF_STAFF: { acts: 'asker', again: 'done' },
	HUB_STORAGE_FULL: { acts: 'operator', again: 'same' },
	HUB_BUSY: { acts: 'nobody', again: 'same' },
	DATABASE_AWAY: { acts: 'operator', again: 'same' },
	HUB_KEY_ENDED: { acts: 'operator', again: 'later', holds: 'hub-fault' },
	HUB_UNREACHABLE: { acts: 'nobody', again: 'same' },

	SITE_UNREACHABLE: { acts: 'operator', again: 'same' },
	SITE_NOT_TRUSTED: { acts: 'operator', again: 'later' },
	GRACE_OVER: { acts: 'operator', again: 'later' },
	CLIENT_LIMIT_REACHED: { acts: 'nobody', again: 'later' },
	REPLACED: { acts: 'asker', again: 'never' },
	LEASE_ENDED: { acts: 'asker', again: 'never' },
	CLIENT_PROOF_INVALID: { acts: 'asker', again: 'never' },
	NO_SERVER_LICENSE: { acts: 'operator', again: 'later' },
	CLIENT_VERSION_REFUSED: { acts: 'asker', again: 'later' },
	RESOURCE_NOT_OPEN: { acts: 'operator', again: 'later' },
	RESOURCE_LIMIT_REACHED: { acts: 'nobody', again: 'later' },

	COMMAND_UNKNOWN: { acts: 'operator', again: 'later', holds: 'old-version' },
	COMMAND_FAILED: { acts: 'operator', again: 'same' },
	FACT_FAILED: { acts: 'operator', again: 'same', holds: 'hub-fault' },
	OUTBOX_FORKED: { acts: 'asker', again: 'later', holds: 'forked' },
	DESK_ENDED: { acts: 'asker', again: 'later' },
	OUTBOX_NOT_YOURS: { acts: 'asker', again: 'later' },
	PUSH_NOT_SIGNED: { acts: 'asker', again: 'never' },
	PROTOCOL_UNSUPPORTED: { acts: 'operator', again: 'later', holds: 'old-version' },
	ALREADY_DONE: { acts: 'nobody', again: 'done' },
	DEPENDENCY_REFUSED: { acts: 'asker', again: 'never' },
	CHANGED_MEANWHILE: { acts: 'asker', again: 'never' }
};

/** Nobody said no: the way was blocked, and the same again may work. Newer hubs have other codes. */
export function isTemporary(code: string): boolean {
	return rowOf(code)?.again === 'same';
}

/** @returns `undefined` where the refusal is a result. */
export function heldFor(code: string): HeldFor | undefined {
	return rowOf(code)?.holds;
}

function rowOf(code: string): AfterRefusal | undefined {
	return Object.hasOwn(afterRefusal, code) ? afterRefusal[code as RefusalCode] : undefined;
}
