/**
 * The tokens that travel, by type, and the claims of each. Strict: an unknown claim outside `x` is
 * refused, so that no reader overlooks what it does not know. [FI7]
 *
 * All times are NumericDate seconds; all ids are UUIDv7.
 *
 * @module
 */
import * as z from 'zod/mini';
import { SLOT_LIMIT } from '../domain/seats/allotment.ts';
import type { Terms } from '../domain/licenses/license.ts';
import type { Fingerprint } from '../domain/machines/machine.ts';
import { refuse, type Refusal } from '../domain/refusal.ts';

/** The newest format that this version reads and writes. [FI7] */
export const FORMAT_VERSION = 1;

/** Times fit any calendar, counters any 32-bit column: what is read never breaks who stores it. [FI3] */
const TIME_LIMIT = 2 ** 40 - 1;
const COUNTER_LIMIT = 2 ** 31 - 1;

const seconds = z.int().check(z.gte(0), z.lte(TIME_LIMIT));
const counter = z.int().check(z.gte(1), z.lte(COUNTER_LIMIT));
const uuid = z
	.string()
	.check(z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/));
const line = z.string().check(z.minLength(1), z.maxLength(200));
const code = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/));
const thumbprint = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/));
const slot = z.int().check(z.gte(1), z.lte(SLOT_LIMIT));
const hash = z.string().check(z.regex(/^[A-Za-z0-9_-]{22}$/));

/** An Ed25519 public key. RFC 8037 section 2 */
export const jwkSchema = z.strictObject({
	kty: z.literal('OKP'),
	crv: z.literal('Ed25519'),
	x: z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/))
});

const count = z.int().check(z.gte(0), z.lte(COUNTER_LIMIT));

/** A month and two days: a report stays a file that is carried like any other. */
export const USAGE_HOURS_LIMIT = 792;

const hourly = z.array(count).check(z.minLength(1), z.maxLength(USAGE_HOURS_LIMIT));

/** `mac` is the only list: any other would let one file hold several machines. [MA2] */
export const fingerprintSchema = z.strictObject({
	os: z.optional(hash),
	fs: z.optional(hash),
	board: z.optional(hash),
	disk: z.optional(hash),
	mac: z.optional(z.array(hash).check(z.minLength(1), z.maxLength(4))),
	given: z.optional(hash)
}) satisfies z.ZodMiniType<Fingerprint>;

const every = {
	v: z.int().check(z.gte(1)),
	jti: uuid,
	iat: seconds,
	x: z.optional(z.record(z.string(), z.unknown()))
};

const terms = {
	sub: uuid,
	num: z.string().check(z.regex(/^KF-[0-9A-Y]{4}-[0-9A-Y]{4}-[0-9A-Y]{4}$/)),
	prd: code,
	title: line,
	ed: line,
	ent: z.array(code).check(z.maxLength(64)),
	clients: z.optional(z.int().check(z.gte(1))),
	ver: z.strictObject({ from: z.int().check(z.gte(0)), to: z.int().check(z.gte(0)) }),
	mnt: z.optional(seconds),
	org: z.optional(line),
	contact: line,
	pol: z.strictObject({
		k: z.int().check(z.gte(1), z.lte(5)),
		vm: z.boolean(),
		given: z.boolean(),
		graceMinutes: z.int().check(z.gte(0))
	})
};
z.strictObject(terms) satisfies z.ZodMiniType<Terms>;

export const claimSchemas = {
	'hub-key': z.strictObject({
		...every,
		nbf: seconds,
		exp: seconds,
		cnf: z.strictObject({ jwk: jwkSchema }),
		use: z.array(code).check(z.minLength(1), z.maxLength(32))
	}),
	trust: z.strictObject({
		...every,
		seq: counter,
		roots: z.array(jwkSchema).check(z.minLength(1), z.maxLength(8)),
		kids: z.array(thumbprint).check(z.maxLength(64))
	}),
	license: z.strictObject({
		...every,
		iss: line,
		...terms,
		seats: z.int().check(z.gte(1)),
		exp: z.optional(seconds),
		sec: z.string().check(z.regex(/^[A-Za-z0-9_-]{22}$/))
	}),
	'activation-request': z.strictObject({
		...every,
		num: terms.num,
		proof: z.optional(z.string().check(z.regex(/^[A-Za-z0-9_-]{22}$/))),
		fp: fingerprintSchema,
		vm: z.boolean(),
		held: z.optional(z.literal('desk')),
		os: z.optional(line),
		pv: z.optional(line),
		name: line,
		org: z.optional(line),
		label: z.optional(line),
		site: z.optional(line),
		cnf: z.strictObject({ jwk: jwkSchema })
	}),
	activation: z.strictObject({
		...every,
		iss: line,
		...terms,
		act: line,
		gen: counter,
		req: uuid,
		name: line,
		label: z.optional(line),
		held: z.optional(z.literal('desk')),
		fp: fingerprintSchema,
		k: z.int().check(z.gte(1), z.lte(5)),
		nbf: seconds,
		exp: z.optional(seconds),
		cnf: z.strictObject({ jkt: thumbprint }),
		/** Of a draw: the allotment and its slot. [AL2] */
		allot: z.optional(uuid),
		slot: z.optional(slot)
	}),
	allotment: z.strictObject({
		...every,
		iss: line,
		...terms,
		max: slot,
		nbf: seconds,
		/** Ends issuing, and binds the desk only. [AL3] */
		exp: seconds,
		/** When every file drawn from it ends. */
		fexp: seconds,
		cnf: z.strictObject({ jwk: jwkSchema })
	}),
	close: z.strictObject({
		...every,
		allot: uuid,
		/** Every slot that was drawn, rising. [AL4] */
		drawn: z.array(slot).check(z.maxLength(SLOT_LIMIT))
	}),
	push: z.strictObject({
		...every,
		outbox: uuid,
		/** base64url SHA-256 of the body's bytes. [SY9] */
		sha256: z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/))
	}),
	refusal: z.strictObject({
		...every,
		iss: line,
		req: uuid,
		code: z.string().check(z.regex(/^[A-Z][A-Z0-9_]{2,63}$/)),
		facts: z.record(z.string(), z.unknown())
	}),
	return: z.strictObject({
		...every,
		act: line,
		gen: counter,
		sub: uuid,
		cnf: z.strictObject({ jwk: jwkSchema })
	}),
	receipt: z.strictObject({
		...every,
		iss: line,
		ret: uuid,
		act: line,
		sub: uuid,
		/** The seat is free, or cools until this time. [SE5] */
		freed: z.union([z.literal(true), seconds])
	}),
	revocation: z.strictObject({
		...every,
		iss: line,
		sub: uuid,
		seq: counter,
		acts: z.array(z.string().check(z.regex(/^[A-Za-z0-9_-]{12}$/))).check(z.maxLength(350))
	}),
	/** What a site server answers a claim with, in the hand of its machine key. [LE5] */
	lease: z.strictObject({
		...every,
		...terms,
		/** `act` and `gen` of the activation whose clients it is one of. */
		act: line,
		gen: counter,
		exp: z.optional(seconds),
		/** Of the claim. */
		nonce: z.string().check(z.regex(/^[A-Za-z0-9_-]{22}$/)),
		cid: z.string().check(z.regex(/^(key:[A-Za-z0-9_-]{43}|name:.{1,100})$/)),
		/** X25519 public key of the site. */
		dh: thumbprint,
		site: line,
		/** The server's version of the product. [S5] */
		pv: z.optional(line),
		/** Seconds that it lives after each renewal, and that work may go on without the server. */
		ttl: z.int().check(z.gte(1), z.lte(86_400)),
		grace: z.int().check(z.gte(0), z.lte(86_400 * 30)),
		/** Clients that hold a lease of the product, this one among them. */
		used: counter,
		res: z.optional(line)
	}),
	/** How a product was used at a site, in the hand of its machine key. [US2] */
	usage: z.strictObject({
		...every,
		/** License, activation and generation that show whose machine it is. */
		sub: uuid,
		act: line,
		gen: counter,
		site: line,
		prd: code,
		/** Clients that were allowed when it was signed. */
		clients: count,
		/** Hours since 1970, UTC, of the first number of each list. */
		hour: counter,
		peak: hourly,
		denied: hourly,
		waiting: hourly,
		cnf: z.strictObject({ jwk: jwkSchema })
	})
};

export type TokenType = keyof typeof claimSchemas;
export type Claims = { [T in TokenType]: z.infer<(typeof claimSchemas)[T]> };
export type PublicJwk = z.infer<typeof jwkSchema>;

/** In the order of their numbers in a QR code; only ever appended to. [FI6] */
export const tokenTypes = [
	'hub-key',
	'trust',
	'license',
	'activation-request',
	'activation',
	'refusal',
	'revocation',
	'return',
	'receipt',
	'allotment',
	'close',
	'push',
	'lease',
	'usage'
] as const satisfies readonly TokenType[];

export function isTokenType(text: string): text is TokenType {
	return Object.hasOwn(claimSchemas, text);
}

/**
 * Checks the claims of a token against the schema of its type. Call it after the signature has been
 * verified, or to show what an unverified token says.
 *
 * A request may name a newer format than this: it says what its maker reads. [FI7]
 */
export function parseClaims<T extends TokenType>(
	type: T,
	value: unknown
): Claims[T] | Refusal<'CLAIMS_INVALID' | 'FORMAT_VERSION_UNSUPPORTED'> {
	const version = versionOf(value);
	if (version > FORMAT_VERSION && type !== 'activation-request')
		return refuse('FORMAT_VERSION_UNSUPPORTED', { found: version, newest: FORMAT_VERSION });
	const parsed = z.safeParse(claimSchemas[type], value);
	// Sound: the schema was looked up by the same T.
	if (parsed.success) return parsed.data as Claims[T];
	const [issue] = parsed.error.issues;
	const path = issue?.code === 'unrecognized_keys' ? issue.keys.join(',') : issue?.path.join('.');
	return refuse('CLAIMS_INVALID', {
		type,
		path: (path ?? '').slice(0, 100),
		reason: issue?.code ?? 'invalid'
	});
}

function versionOf(value: unknown): number {
	const v = typeof value === 'object' && value !== null && 'v' in value ? value.v : 0;
	return typeof v === 'number' ? v : 0;
}
