/**
 * Tokens of the vectors: fixed ids and times, and the claims that the good ones carry.
 *
 * The makers here sign whatever they are given, because most vectors are bad on purpose.
 *
 * @module
 */
import { createHash } from 'node:crypto';
import type { Fingerprint } from '#lib/domain/machines/machine.ts';
import type { Claims, PublicJwk, TokenType } from '#lib/formats/tokens.ts';
import { tokenHeader } from '#lib/formats/jws.ts';
import { keys, signBytes, type TestKey } from './keys.ts';

export const NOW = 1_800_000_000;
export const DAY = 86_400;
export const YEAR = 365 * DAY;

export const encode = (bytes: string | Uint8Array): string =>
	Buffer.from(bytes).toString('base64url');

/** A UUID version 7 that is the same every time. */
export const id = (n: number): string =>
	`019b0000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;

export const hashed = (text: string): string =>
	encode(createHash('sha256').update(text).digest().subarray(0, 16));

/** Any header, any payload, a true signature over both. */
export function rawToken(header: string, payload: string | Uint8Array, key: TestKey): string {
	const input = `${encode(header)}.${encode(payload)}`;
	return `${input}.${encode(signBytes(input, key))}`;
}

export function token(type: TokenType, claims: object | string, key: TestKey): string {
	const payload = typeof claims === 'string' ? claims : JSON.stringify(claims);
	return rawToken(tokenHeader(type, key.kid), payload, key);
}

export const terms = {
	sub: id(1),
	num: 'KF-7Q2M-90TK-C4XR',
	prd: 'atlas-server',
	title: 'Atlas Server',
	ed: 'standard',
	ent: ['dataflow', 'workflow'],
	ver: { from: 8, to: 9 },
	contact: 'licenses@example.com',
	pol: { k: 2, vm: true, given: false, graceMinutes: 15 }
};

export const fingerprint = {
	os: hashed('os'),
	fs: hashed('fs'),
	board: hashed('board'),
	disk: hashed('disk'),
	mac: [hashed('mac 1'), hashed('mac 2')]
} satisfies Fingerprint;

export const ISS = 'https://hub.example.com';

/** The fewest claims that an activation has. */
export const minimal: Claims['activation'] = {
	v: 1,
	jti: id(2),
	iat: NOW,
	iss: ISS,
	...terms,
	act: id(3),
	gen: 1,
	req: id(4),
	name: 'Site Admin',
	fp: fingerprint,
	k: 2,
	nbf: NOW,
	cnf: { jkt: keys.machine.kid }
};

/** All that an activation can say. */
export const full: Claims['activation'] = {
	...minimal,
	clients: 25,
	mnt: NOW + YEAR,
	org: 'Beispiel Werke AG & Söhne',
	gen: 7,
	label: 'rack-07',
	held: 'desk',
	exp: NOW + 2 * YEAR,
	x: { note: 'what later versions add', list: [1, 2, { deep: true }] }
};

export function hubKeyClaims(jwk: PublicJwk = keys.hub.jwk): Claims['hub-key'] {
	return {
		v: 1,
		jti: id(5),
		iat: NOW - YEAR,
		nbf: NOW - YEAR,
		exp: NOW + YEAR,
		cnf: { jwk },
		use: ['license', 'activation', 'refusal', 'revocation']
	};
}

export const hubKey = token('hub-key', hubKeyClaims(), keys.root);

export function trustClaims(changes: Partial<Claims['trust']> = {}): Claims['trust'] {
	return {
		v: 1,
		jti: id(6),
		iat: NOW,
		seq: 1,
		roots: [keys.root.jwk, keys.nextRoot.jwk],
		kids: [],
		...changes
	};
}

export function revocationClaims(
	acts: readonly string[],
	changes: Partial<Claims['revocation']> = {}
): Claims['revocation'] {
	const retired = acts.map((act) =>
		encode(createHash('sha256').update(act).digest().subarray(0, 9))
	);
	return {
		v: 1,
		jti: id(7),
		iat: NOW,
		iss: ISS,
		sub: terms.sub,
		seq: 1,
		acts: retired,
		...changes
	};
}

export const licenseClaims: Claims['license'] = {
	v: 1,
	jti: id(8),
	iat: NOW,
	iss: ISS,
	...terms,
	seats: 10,
	sec: hashed('sec')
};

export const requestClaims: Claims['activation-request'] = {
	v: 1,
	jti: id(4),
	iat: NOW - DAY,
	num: terms.num,
	fp: fingerprint,
	vm: false,
	name: 'Site Admin',
	cnf: { jwk: keys.machine.jwk }
};

export const refusalClaims: Claims['refusal'] = {
	v: 1,
	jti: id(9),
	iat: NOW,
	iss: ISS,
	req: id(4),
	code: 'SEAT_LIMIT_REACHED',
	facts: { number: terms.num, seats: 2, used: 2, contact: terms.contact }
};

/** A lease as a later version will sign it; this one knows no such type. */
export const lease = rawToken(
	`{"alg":"EdDSA","typ":"lease+jwt","kid":"${keys.hub.kid}"}`,
	JSON.stringify({ v: 1, jti: id(10), iat: NOW, iss: ISS }),
	keys.hub
);

export const receipt = rawToken(
	`{"alg":"EdDSA","typ":"receipt+jwt","kid":"${keys.hub.kid}"}`,
	JSON.stringify({
		v: 1,
		jti: id(10),
		iat: NOW,
		iss: ISS,
		ret: id(11),
		act: id(3),
		sub: terms.sub,
		freed: true
	}),
	keys.hub
);
