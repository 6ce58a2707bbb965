/**
 * What desk and hub say to each other: commands out, results and rows back.
 *
 * Device time decides nothing: `n` gives order, `id` makes a command idempotent. [SY1, SY2]
 *
 * @module
 */
import type { AllotmentState } from '#lib/domain/allotment.ts';
import type { AuditHead } from '#lib/domain/audit.ts';
import type { Seconds } from '#lib/domain/license.ts';
import type { Refusal } from '#lib/domain/refusal.ts';
import type { ActivationState, SeatCounts } from '#lib/domain/seat.ts';

/** What a desk may ask of the hub through its outbox, by type and version. */
export type CommandArgs = {
	/** An activation request to be decided: the tokens of a request file, joined by `~`. */
	'activation.request': { request: string };
	/** A seat given back: the tokens of a return file, joined by `~`. A fact: never refused. [SY10] */
	'activation.return': { file: string };
	/** An activation that this desk drew: the tokens of its file. A fact. [AL4, SY10] */
	'activation.draw': { file: string };
	/** A block of seats of one license for this desk; its `jti` will be the command's id. [AL1] */
	'allotment.reserve': { number: string; seats: number };
	/** The desk will draw no more: the tokens of a close file. A fact. [AL4, SY10] */
	'allotment.close': { file: string };
	/** A refused request, as its tokens, is to be granted by itself once a seat is free. [RE1] */
	'request.wait': { request: string };
	/** The same request is not to wait any longer. [RE1] */
	'request.withdraw': { request: string };
};

export type CommandType = keyof CommandArgs;

const facts = new Set<string>(['activation.return', 'activation.draw', 'allotment.close']);

/** Something that has happened: signed, unordered, and never refused for who brings it. [SY10] */
export function isFact(type: string): boolean {
	return facts.has(type);
}

/** One line of the outbox. Stored before it is sent, kept until its result is stored. [SY1] */
export type Command<T extends CommandType = CommandType> = {
	/** UUIDv7. The same id again answers the stored result. [SY2] */
	id: string;
	/** Id of the outbox: one per desk database. */
	outbox: string;
	/** Gap-free per outbox, from 1. */
	n: number;
	type: T;
	version: number;
	args: CommandArgs[T];
	/** base64url SHA-256 over the JSON of `[type, version, args]`. */
	hash: string;
	/** A smaller `n` of the same outbox. */
	dependsOn?: number;
	/** The desk's own time, for people only. */
	createdAt: Seconds;
};

/** What became of a command: an answer, or a refusal, which is a result too. [SY3] */
export type CommandResult = {
	id: string;
	n: number;
	/**
	 * The answer file as armoured text: an activation file, a receipt, or the refusal file of a "no".
	 * [O11]
	 */
	file?: string;
	/** Receipts of the returns that a request file carried. [MA4] */
	receipts?: string[];
	refusal?: Refusal;
};

/**
 * What a desk signs and sends: as JSON text, so that the hash of a `push+jwt` is over these very
 * bytes, whoever relays them. [SY8, SY9]
 */
export type PushBody = {
	/** 2: signed by the desk's key. Version 1 was not signed and had no `key`. */
	protocol: number;
	outbox: string;
	/** The desk's public key: enrolled by the first push, the same ever after. */
	key: { kty: 'OKP'; crv: 'Ed25519'; x: string };
	/** What people call the desk. */
	desk: string;
	commands: Command[];
};

/** The newest push that this version speaks; the hub also takes the one before. */
export const PUSH_PROTOCOL = 2;

/** What the hub answers to a push. */
export type PushReply = {
	results: CommandResult[];
	/** Where the audits of the customers that it wrote to end: the desk is a witness. [AU1] */
	heads: Record<string, AuditHead>;
};

/** Where a desk's mirror stands. [SY4] */
export type Cursor = {
	hubEpoch: string;
	/** By customer: the last revision that is here whole. */
	customers: Record<string, number>;
	/** By customer: how much of the next revision is here, where that alone is more than a page. */
	within?: Record<string, Within>;
	/** By customer, where rows of it have gone: the last time that is known here. [SE7] */
	resets?: Record<string, number>;
	/** Customers whose license keys the mirror may not show: a change of rights resets those. */
	keyless?: string[];
};

/** Rows of one revision come table by table, each in the order of its keys. */
export type Within = { revision: number; table: number; after: string };

/** A license as every desk of its customer mirrors it. */
export type LicenseRow = {
	id: string;
	customerId: string;
	customer: string;
	number: string;
	product: string;
	title: string;
	edition: string;
	entitlements: string[];
	seats: number;
	counts: SeatCounts;
	clients?: number;
	versions: { from: number; to: number };
	maintainedUntil?: Seconds;
	expiresAt?: Seconds;
	suspendedAt?: Seconds;
	/** Nothing is granted since a restore, until staff lift it. [SY6] */
	frozenAt?: Seconds;
	/** Number of another customer's license that its free seats move to. [SE7] */
	successor?: string;
	virtualMachines: boolean;
	givenFingerprints: boolean;
	/** Seats of it that one desk may hold in allotments, and for how many days it may issue. [AL1] */
	deskSeats: number;
	allotmentDays: number;
	contact: string;
	/** The license key as armoured `.kflic` text, where the reader's role needs it. */
	key?: string;
	revision: number;
};

/** An activation as every desk of its customer mirrors it. */
export type ActivationRow = {
	/** `act`. */
	id: string;
	customerId: string;
	licenseId: string;
	/** Host or asset tag. */
	label?: string;
	/** Who asked, as the request says. */
	name: string;
	generation: number;
	state: ActivationState;
	/** While it cools: when its seat is free at the latest. [SE5] */
	coolsUntil?: Seconds;
	grantedAt: Seconds;
	expiresAt?: Seconds;
	/** `jti` of the newest request. */
	request: string;
	/** Hashes of the components by which its machine is found: see `anchorsOf`. */
	parts?: string[];
	revision: number;
};

/** The hub's answer to a request, whoever brought it. [RE1, O11] */
export type AnswerRow = {
	/** `jti` of the request. */
	request: string;
	customerId: string;
	licenseId: string;
	state: RequestStanding;
	/** Armoured text: an activation file, the newest of the activation, or a refusal file. */
	file: string;
	/** While it waits for a seat: until then at most. */
	waitingUntil?: Seconds;
	revision: number;
};

/** What the hub made of a request. `waiting`: refused, and to be granted once a seat is free. [RE1] */
export type RequestStanding = 'granted' | 'refused' | 'waiting';

/** A block of seats set aside for a desk, as every desk of its customer mirrors it. [AL1] */
export type AllotmentRow = {
	/** `jti` of its token. */
	id: string;
	customerId: string;
	licenseId: string;
	/** What people call the desk, and who used it. */
	desk: string;
	userName: string;
	/** Thumbprint of the desk's key: a desk knows its own by it. */
	jkt: string;
	max: number;
	/** Slots whose seats are still set aside. */
	reserved: number;
	state: AllotmentState;
	issueUntil: Seconds;
	filesUntil: Seconds;
	/** Slots drawn twice, with the signatures that prove it. [AL5] */
	contested?: { slot: number; draws: { label?: string; token: string }[] }[];
	/** Armoured text: the allotment file. */
	file: string;
	revision: number;
};

/** The hub's signed answer to a return, whoever brought it. [SE5] */
export type ReceiptRow = {
	/** `act` of the activation that was given back. */
	act: string;
	customerId: string;
	licenseId: string;
	/** Armoured text: a receipt file. */
	file: string;
	revision: number;
};

/** One page of a pull, applied with its cursor in one local transaction. [SY5] */
export type PullPage = {
	cursor: Cursor;
	/** The mirror of these customers is replaced: rights changed or another hub answered. */
	reset: string[];
	/** Customers this session no longer belongs to. */
	gone: string[];
	licenses: LicenseRow[];
	activations: ActivationRow[];
	answers: AnswerRow[];
	receipts: ReceiptRow[];
	allotments: AllotmentRow[];
	/** Ask again at once. */
	more: boolean;
	/** Rows that come after this page; told where it was asked for and there are more. */
	left?: number;
};
