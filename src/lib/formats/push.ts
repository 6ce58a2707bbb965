/**
 * Pushes as they travel: the body as the desk wrote it, and the token over its bytes. [SY8, SY9]
 *
 * A `.kfpush` file is armour whose block holds base64url of the body, `~` and the token, so that it
 * can be carried like any other file and relayed unchanged.
 *
 * @module
 */
import * as z from 'zod/mini';
import { isRefusal, refuse, type Refusal } from '../domain/refusal.ts';
import type { Command } from '#lib/protocol/commands.ts';
import { PUSH_PROTOCOL } from '#lib/protocol/push.ts';
import { readableLine } from './write-armour.ts';
import { decodeBase64url, encodeBase64url } from './base64url.ts';
import { decodeToken, type DecodedToken } from './jws.ts';
import { parseStrictJson } from './strict-json.ts';
import { jwkSchema, type PublicJwk } from './tokens.ts';

/** Of one file, and of one body at the hub. */
export const PUSH_FILE_LIMIT = 16 * 1024 * 1024;
/** A body of this many bytes fits a file with its armour, and a request with its escapes. */
export const PUSH_BODY_LIMIT = 8 * 1024 * 1024;
/** Commands of one push. */
export const PUSH_COMMAND_LIMIT = 500;

/** A push as it is relayed: nothing of it is changed on the way. */
export type SignedPush = {
	/** JSON text. */
	body: string;
	/** `push+jwt` over the body's UTF-8 bytes. */
	push: string;
};

/** A command that is not whole: answered by itself, so that it holds up no other. */
export type DamagedCommand = { id: string; n: number; refusal: Refusal };

/** What a body says. Nothing of it is verified. */
export type ReadBody = {
	outbox: string;
	key: PublicJwk;
	desk: string;
	commands: Command[];
	damaged: DamagedCommand[];
};

const uuid = z
	.string()
	.check(z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i));
const place = z.int().check(z.gte(1), z.lte(2 ** 31 - 1));

export const pushBodySchema = z.strictObject({
	protocol: z.literal(PUSH_PROTOCOL),
	outbox: uuid,
	key: jwkSchema,
	/** One line for people, as the database can hold it. */
	desk: z.string().check(z.maxLength(80), z.regex(/^[^\p{Cc}\p{Cs}]+$/u)),
	commands: z.array(z.unknown()).check(z.minLength(1), z.maxLength(PUSH_COMMAND_LIMIT))
});

export const pushCommandSchema = z.strictObject({
	id: uuid,
	outbox: uuid,
	n: place,
	type: z.string().check(z.maxLength(64), z.regex(/^[\w.-]+$/)),
	version: z.int().check(z.gte(1), z.lte(1000)),
	// Each type's own arguments are read where it is known: an unknown type is a refusal of its own.
	args: z.record(z.string(), z.unknown()),
	hash: z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/)),
	dependsOn: z.optional(place),
	createdAt: z.int().check(z.gte(0))
});

/**
 * Reads a body: strict, bounded, and each command by itself.
 *
 * @returns `PROTOCOL_UNSUPPORTED` for a later protocol, `BODY_INVALID` where no command can be found.
 */
export function readPushBody(
	text: string
): ReadBody | Refusal<'BODY_INVALID' | 'BODY_TOO_LARGE' | 'PROTOCOL_UNSUPPORTED'> {
	if (text.length > PUSH_FILE_LIMIT) return refuse('BODY_TOO_LARGE', { limit: PUSH_FILE_LIMIT });
	const json = parseStrictJson(text, 'several');
	if ('fault' in json) return refuse('BODY_INVALID', { path: 'body', reason: json.fault });
	const found = (json.value as { protocol?: unknown } | null)?.protocol;
	if (typeof found === 'number' && found !== PUSH_PROTOCOL)
		return refuse('PROTOCOL_UNSUPPORTED', { found, oldest: 1, newest: PUSH_PROTOCOL });
	const parsed = z.safeParse(pushBodySchema, json.value);
	if (!parsed.success) return invalid('body', parsed.error.issues);
	const { outbox, key, desk, commands: given } = parsed.data;
	const read: ReadBody = { outbox, key, desk, commands: [], damaged: [] };
	for (const [at, each] of given.entries()) {
		const command = z.safeParse(pushCommandSchema, each);
		// Sound: types and arguments that are not known are refused one by one.
		if (command.success) read.commands.push(command.data as unknown as Command);
		else read.damaged.push(damagedOf(each, invalid(`commands.${at}`, command.error.issues)));
	}
	return read;
}

/** Takes a signed push apart. Nothing of it is verified. */
export function readSignedPush({
	body,
	push
}: SignedPush): { read: ReadBody; token: DecodedToken<'push'> } | Refusal {
	const token = decodeToken(push);
	if (isRefusal(token)) return token;
	if (token.type !== 'push')
		return refuse('TOKEN_TYPE_UNEXPECTED', { expected: ['push'], found: token.type });
	const read = readPushBody(body);
	// Sound: the type field was compared.
	return isRefusal(read) ? read : { read, token: token as DecodedToken<'push'> };
}

const BEGIN = '-----BEGIN KEYFERRY PUSH-----';
const END = '-----END KEYFERRY PUSH-----';

/** @param lines - For people: whose desk, how much, since when. Not signed, never parsed. [FI4] */
export function writePushFile({ body, push }: SignedPush, lines: readonly string[]): string {
	const text = `${encodeBase64url(new TextEncoder().encode(body))}~${push}`;
	const block = [];
	for (let at = 0; at < text.length; at += 64) block.push(text.slice(at, at + 64));
	return [...lines.map(readableLine), '', BEGIN, ...block, END, ''].join('\n');
}

/** Whether a text is meant as a push. */
export function isPushFile(text: string): boolean {
	return text.includes(BEGIN);
}

/** Reads a `.kfpush` file. Nothing of it is verified. */
export function readPushFile(
	text: string
): SignedPush | Refusal<'FILE_TOO_LARGE' | 'FILE_MALFORMED'> {
	const malformed = (reason: string) => refuse('FILE_MALFORMED', { reason });
	if (text.length > PUSH_FILE_LIMIT)
		return refuse('FILE_TOO_LARGE', { bytes: text.length, limit: PUSH_FILE_LIMIT });
	const begin = text.indexOf(BEGIN);
	const end = text.indexOf(END, begin);
	if (begin < 0) return malformed('nothing-found');
	if (end < 0) return malformed('end-missing');
	if (text.includes(BEGIN, begin + BEGIN.length)) return malformed('several-blocks');
	const block = text.slice(begin + BEGIN.length, end).replace(/[\s>|]+/g, '');
	const [encoded = '', push = '', ...more] = block.split('~');
	const bytes = decodeBase64url(encoded);
	if (!bytes || push === '' || more.length > 0) return malformed('foreign-sign');
	try {
		// A byte order mark would be dropped silently, and the hash would be another.
		const body = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
		return { body, push };
	} catch {
		return malformed('utf-8');
	}
}

type Issues = readonly { path: PropertyKey[]; code?: string }[];

function invalid(within: string, [issue]: Issues): Refusal<'BODY_INVALID'> {
	const path = [within, ...(issue?.path ?? [])].join('.').slice(0, 100);
	return refuse('BODY_INVALID', { path, reason: issue?.code ?? 'invalid' });
}

/** Names it as well as it can be named, so that the desk finds it again. */
function damagedOf(value: unknown, refusal: Refusal<'BODY_INVALID'>): DamagedCommand {
	const { id, n } = (value ?? {}) as { id?: unknown; n?: unknown };
	return {
		id: typeof id === 'string' ? id.slice(0, 64) : '',
		n: typeof n === 'number' ? n : 0,
		refusal
	};
}
