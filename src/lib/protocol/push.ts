/**
 * The body of a push, and the hub's answer to it. [SY2, SY8]
 *
 * @module
 */
import type { AuditHead } from '#lib/domain/audit/audit.ts';
import type { Command, CommandResult } from './commands.ts';

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
