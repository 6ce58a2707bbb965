/**
 * What the desk keeps, row by row. The mirrored rows (licenses, activations, answers, receipts, allotments) are those of
 * `domain/sync.ts`.
 *
 * @module
 */
import type { AllotmentState } from '#lib/domain/allotment.ts';
import type { AuditHead } from '#lib/domain/audit.ts';
import type { Seconds } from '#lib/domain/license.ts';
import type { Fingerprint, Machine } from '#lib/domain/machine.ts';
import type { Refusal } from '#lib/domain/refusal.ts';
import type { Command, CommandResult } from '#lib/protocol/commands.ts';
import type { Cursor } from '#lib/protocol/pull.ts';
import type { LicenseRow } from '#lib/protocol/rows.ts';
import type { Claims, PublicJwk, TokenType } from '#lib/formats/tokens.ts';

/** What kinds of files travel: the type of the token that ends them. */
export type FileKind = TokenType;

/** A license of the mirror. Of a large page the key lies in a block: see `license-keys.ts`. */
export type StoredLicense = Omit<LicenseRow, 'key'> & {
	/** Only of a small page; read it with `readMirroredKey`. */
	key?: string;
	keysIn?: string;
};

/** License keys that came in one page, by license id. */
export type KeyBlockRow = { id: string; customerId: string; keys: Record<string, string> };

/** A customer of whom licenses are here. */
export type CustomerRow = { customerId: string; name: string };

/** What a file says, in the words that screens show. Nothing here is trusted by itself. */
export type Said = {
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
	no?: Refusal;
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
export type RequestRow = {
	jti: string;
	/** Absent: an activation request. */
	kind?: 'return';
	/** Names of the receipts to come, by the `jti` of the returns that ride in a request. [MA4] */
	carries?: Record<string, string>;
	number: string;
	/** Armoured text. */
	text: string;
	said: Said;
	origin: 'made' | 'taken';
	/** The name that the file came or goes by. */
	fileName: string;
	/** The desk's own time. */
	storedAt: Seconds;
};

/** Anything else carried on: answers, license keys of others, trust. Byte for byte. [FI1] */
export type FileRow = {
	jti: string;
	kind: FileKind;
	/** `jti` of the request or return that it answers. */
	request?: string;
	number?: string;
	text: string;
	said: Said;
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
	said: Said;
	verified: boolean;
	storedAt: Seconds;
};

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
	/** User id of who was signed in when it was written, if anyone. */
	author?: string;
	result?: CommandResult;
	/** The desk's own time. */
	settledAt?: Seconds;
};

/** Who is signed in. Offline use never depends on it; only a sign-out or a 401 clears it. */
export type Identity = {
	id: string;
	email: string;
	name: string;
	staff: boolean;
	customers: { id: string; name: string; role: string }[];
	/** Origin of the hub. */
	hub: string;
	/** When the hub last confirmed it, the desk's own time. */
	verifiedAt: Seconds;
};

/** Why the queue is held. It is kept, whatever the reason. [SY3] */
export type Hold =
	'signed-out' | 'other-account' | 'old-version' | 'forked' | 'restored' | 'hub-fault';

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

export type Trust = {
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
	/** Licenses for which no allotment is to be proposed again, by number. */
	unproposed?: string[];
};

/** Single facts of this desk, by name. */
export type Facts = {
	identity: Identity;
	/** `user`: whose it is, once somebody who was signed in wrote into it. */
	outbox: { id: string; lastN: number; user?: string };
	/** The hub that this desk has met, whoever was signed in: a restored one is another. [SY6] */
	hubEpoch: string;
	/** Where the mirror stands, and whose it is. */
	cursor: { user: string; cursor: Cursor };
	/** While the mirror is being filled: rows that are here, and those still to come. */
	firstSync: { done: number; left: number };
	/** Licenses that were looked at last, newest first. */
	seen: string[];
	/** Signed out here while the hub could not be told. */
	owedSignOut: boolean;
	sync: SyncState;
	/** How the last rounds ended. */
	rounds: RoundLog;
	/** Who has something unsent here, by user id. */
	people: Record<string, { email: string; name: string }>;
	trust: Trust;
	/** Where the audit of each customer ended when the hub last told. [AU1] */
	heads: Record<string, AuditHead>;
	settings: Settings;
	/** Something changed since the last export (one-file desk: the file is the truth). */
	changedAt: Seconds;
};

export type FactRow = { [K in keyof Facts]: { name: K; value: Facts[K] } }[keyof Facts];
