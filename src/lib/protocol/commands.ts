/**
 * What a desk asks of the hub, and what became of it.
 *
 * Device time decides nothing: `n` gives order, `id` makes a command idempotent. [SY1, SY2]
 *
 * @module
 */
import type { ChangeField, TextChange, TextField } from '#lib/domain/licenses/change.ts';
import type { Seconds } from '#lib/domain/time.ts';
import type { Refusal } from '#lib/domain/refusal.ts';

/** What a desk may ask of the hub through its outbox, by type and version. */
export type CommandArgs = {
	/** An activation request to be decided: the tokens of a request file, joined by `~`. */
	'activation.request': { request: string };
	/** A seat given back: the tokens of a return file, joined by `~`. A fact: never refused. [SY10] */
	'activation.return': { file: string };
	/**
	 * An activation that this desk drew: the tokens of its file. A fact. [AL4, SY10]
	 *
	 * `asked`: the token of the request that it answers, for what that says of its machine. [P11]
	 */
	'activation.draw': { file: string; asked?: string };
	/** A block of seats of one license for this desk; its `jti` will be the command's id. [AL1] */
	'allotment.reserve': { number: string; seats: number };
	/** The desk will draw no more: the tokens of a close file. A fact. [AL4, SY10] */
	'allotment.close': { file: string };
	/** A refused request, as its tokens, is to be granted by itself once a seat is free. [RE1] */
	'request.wait': { request: string };
	/** The same request is not to wait any longer. [RE1] */
	'request.withdraw': { request: string };
	/** A note on a license, by its id; what a machine is called, and its site, by `act`. [CH1] */
	'license.note': { license: string } & TextChange;
	'machine.label': { act: string } & TextChange;
	'machine.site': { act: string } & TextChange;
	/** Switches an entitlement of a license, by its id, `on` or `off`. [P7, CH1] */
	'license.allow': { license: string; entitlement: string } & TextChange;
};

export type CommandType = keyof CommandArgs;

const facts = new Set<string>(['activation.return', 'activation.draw', 'allotment.close']);

/** Something that has happened: signed, unordered, and never refused for who brings it. [SY10] */
export function isFact(type: string): boolean {
	return facts.has(type);
}

/** Commands that change a text, and which. [CH1] */
export const textCommands = {
	'license.note': 'note',
	'machine.label': 'label',
	'machine.site': 'site'
} as const satisfies Partial<Record<CommandType, TextField>>;

export type TextCommand = keyof typeof textCommands;

export function isTextCommand(type: string): type is TextCommand {
	return Object.hasOwn(textCommands, type);
}

/** The same, and what names a change that it replaces without being a text. [CH1, P7] */
export const changeCommands = {
	...textCommands,
	'license.allow': 'allow'
} as const satisfies Partial<Record<CommandType, ChangeField>>;

export function isChangeCommand(type: string): type is keyof typeof changeCommands {
	return Object.hasOwn(changeCommands, type);
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
