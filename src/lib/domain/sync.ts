/**
 * What desk and hub say to each other: commands out, results and rows back.
 *
 * Device time decides nothing: `n` gives order, `id` makes a command idempotent. [SY1, SY2]
 *
 * @module
 */
import type { AuditHead } from './audit.ts';
import type { Seconds } from './license.ts';
import type { Refusal } from './refusal.ts';
import type { ActivationState, SeatCounts } from './seat.ts';

/** What a desk may ask of the hub through its outbox, by type and version. */
export type CommandArgs = {
	/** An activation request to be decided: the tokens of a request file, joined by `~`. */
	'activation.request': { request: string };
	/** A seat given back: the tokens of a return file, joined by `~`. A fact: never refused. [SY10] */
	'activation.return': { file: string };
};

export type CommandType = keyof CommandArgs;

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

/** What the hub answers to a push. */
export type PushReply = {
	results: CommandResult[];
	/** Where the audits of the customers that it wrote to end: the desk is a witness. [AU1] */
	heads: Record<string, AuditHead>;
};

/** Where a desk's mirror stands. [SY4] */
export type Cursor = { hubEpoch: string; customers: Record<string, number> };

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
	virtualMachines: boolean;
	givenFingerprints: boolean;
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
	revision: number;
};

/** The hub's answer to a request, whoever brought it. [RE1, O11] */
export type AnswerRow = {
	/** `jti` of the request. */
	request: string;
	customerId: string;
	licenseId: string;
	state: 'granted' | 'refused';
	/** Armoured text: an activation file, the newest of the activation, or a refusal file. */
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
	/** Ask again at once. */
	more: boolean;
};
