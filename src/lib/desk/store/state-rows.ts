/**
 * What the desk knows of itself, one value by each name: who is signed in, how sync stands, whom it
 * trusts, how it is set. Each person's desk has its own; a few are the device's.
 *
 * @module
 */
import type { Rank, VendorRole } from '#lib/domain/access.ts';
import type { HeldFor } from '#lib/domain/after-refusal.ts';
import type { EndingKey } from '#lib/domain/hub/hub-key.ts';
import type { AuditHead } from '#lib/domain/audit/audit.ts';
import type { Seconds } from '#lib/domain/time.ts';
import type { Machine } from '#lib/domain/machines/machine.ts';
import type { Cursor } from '#lib/protocol/pull.ts';
import type { SeatHistory } from '#lib/protocol/seat-history.ts';
import type { PublicJwk } from '#lib/formats/tokens.ts';
import type { ListSettings } from '#lib/search/list-settings.ts';

/** Who is signed in. Offline use never depends on it; only a sign-out or a 401 clears it. */
export type Identity = {
	id: string;
	email: string;
	name: string;
	/** What they are at the vendor. */
	vendor?: VendorRole;
	customers: { id: string; name: string; role: Rank }[];
	/** The vendor asks a second factor of its people, and they have none. [PE6] */
	owesSecond?: true;
	/** Of staff: the key that the hub signs with, where its end is near or past. [KE1] */
	hubKey?: EndingKey;
	/** Origin of the hub. */
	hub: string;
	/** When the hub last confirmed it, the desk's own time. */
	verifiedAt: Seconds;
};

/** Why the queue is held. It is kept, whatever the reason. [SY3] `ended`: see {@link StateValues}. */
export type Hold = HeldFor | 'ended';

export type SyncState = {
	phase: 'idle' | 'syncing' | 'waiting';
	held?: Hold;
	/** Since when it is held for this reason, the desk's own time. */
	heldSince?: Seconds;
	/** What went wrong last, for people; absent after a round without faults. */
	fault?: string;
	/** Rounds that failed in a row. */
	faults: number;
	/** The desk's own times. */
	syncedAt?: Seconds;
	nextTryAt?: Seconds;
};

/** One round, or several in a row that came to the same. */
export type RoundEntry = {
	/** The desk's own times: of the first and the last of them. */
	at: Seconds;
	until: Seconds;
	times: number;
	/** Commands that the hub settled. */
	settled: number;
	held?: Hold;
	/** As in `SyncState`. */
	fault?: string;
};

export type RoundLog = { entries: RoundEntry[]; settledBefore: number };

/** Root keys that this desk believes, and what it learned below them. [FI8] */
export type DeskTrust = {
	/** Root keys (JWKS members) by where they were learned. */
	roots: { jwk: PublicJwk; from: 'kit' | 'hub' | 'file'; learnedAt: Seconds }[];
	/** Thumbprints of hub keys that a root voided. [FI8] */
	voided: string[];
	/** Hub keys met, as tokens: they complete the chain of a QR code, which carries one token. [FI6] */
	hubKeys: string[];
	/** Highest `iat` that a hub vouched for. [CL1] */
	trustedAt: Seconds;
};

export type Settings = {
	language: 'en' | 'de' | 'auto';
	theme: 'light' | 'dark' | 'auto';
	/** What people call this desk; the hub shows it beside what the desk holds. */
	desk?: string;
	/** Single letters are keyboard shortcuts. */
	letters?: boolean;
	/** The machine that activation files are compared with. */
	machine?: Machine;
	/** Who fills in requests here: remembered from the last request. */
	name?: string;
	organization?: string;
	/** When everything was last written to a file. */
	exportedAt?: Seconds;
	/** What the browser answered when asked to keep the desk's storage. */
	persisted?: boolean;
	/** To install this app was offered and closed: it is not offered again. */
	installClosed?: true;
	/** Licenses for which no allotment is to be proposed again, by number. */
	unproposed?: string[];
	/** How this person likes each list. */
	lists?: Partial<Record<ListName, ListSettings>>;
};

/** Lists that have columns and views of their own. */
export type ListName = 'licenses' | 'activations' | 'requests';
/** What was entered for a request that is not made yet, as it was typed. [DK4] */
export type RequestDraft = {
	/** Number or key of the license. */
	license?: string;
	/** Machine code. */
	code?: string;
	/** Name given by hand. [MA6] */
	given?: string;
	label?: string;
	name?: string;
	organization?: string;
};

/** What this device knows whoever is signed in. */
export type DeviceStates = {
	trust: DeskTrust;
	/** Signed out here while the hub could not be told. */
	owedSignOut: boolean;
	/**
	 * Who left something unsent here, by user id: it waits in their own database. [PE5] `ended`: this
	 * device was ended for them. [DV1]
	 */
	people: Record<string, { email: string; unsent: number; ended?: true }>;
};

/** Every value, by its name. */
export type StateValues = DeviceStates & {
	identity: Identity;
	outbox: { id: string; lastN: number };
	/** An outbox of this desk that the hub says was ended, and when. [DV1] */
	ended: { outbox: string; at: Seconds };
	/** The hub that this desk has met: a restored one is another. [SY6] */
	hubEpoch: string;
	/** Where the mirror stands. */
	cursor: Cursor;
	/** While the mirror is being filled: rows that are here, and those still to come. */
	firstSync: { done: number; left: number };
	/** Customers whose license keys come after their rows, rising by id; of the first, those up to `after` are here. */
	owedKeys: { customerId: string; after?: string }[];
	/** Licenses that were most urgent when all of them were last in memory, the worst first. */
	urgent: string[];
	/** Licenses that were looked at last, newest first. */
	seen: string[];
	/** Ids of what was used last by way of the command palette, newest first. */
	used: string[];
	/** A request that somebody began and has not made. */
	requestDraft: RequestDraft;
	sync: SyncState;
	/** Seats in use by month, of these customers, as the hub told it last. */
	seatYear: { customerIds: string[]; history: SeatHistory };
	/** How the last rounds ended. */
	rounds: RoundLog;
	/** Where the audit of each customer ended when the hub last told. [AU1] */
	heads: Record<string, AuditHead>;
	settings: Settings;
	/** Something changed since the last export (one-file desk: the file is the truth). */
	changedAt: Seconds;
};

export type StateRow = {
	[K in keyof StateValues]: { name: K; value: StateValues[K] };
}[keyof StateValues];
