/**
 * The codes by which a site server gets a license: a short one on its screen, which a person types or
 * scans, and a long one that the server alone knows. [GL1]
 *
 * @see RFC 8628
 * @module
 */
import { randomBytes, randomInt } from 'node:crypto';
import { sha256 } from '#server/db/sha256.ts';

export const CODE_SECONDS = 900;
/** A code that is over is kept for so long, so that whoever types it is told. */
export const KEPT_SECONDS = 86_400;
/** For activating, once a person has approved it. */
export const GRANT_SECONDS = 600;
export const POLL_SECONDS = 5;

/** Without vowels, so that no words come of it, and without what looks alike. RFC 8628 section 6.1 */
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ';
const LENGTH = 8;

export function newServerCode(): { deviceCode: string; userCode: string } {
	const letters = Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]!);
	const half = LENGTH / 2;
	const userCode = `${letters.slice(0, half).join('')}-${letters.slice(half).join('')}`;
	return { deviceCode: randomBytes(32).toString('base64url'), userCode };
}

/** Of a code as somebody typed it: in small letters, with blanks or hyphens anywhere. */
export function userCodeHashOf(typed: string): string {
	return sha256(
		typed
			.normalize('NFKC')
			.toUpperCase()
			.replace(/[^A-Z]/g, '')
	);
}

const GRANT_PREFIX = 'kfd_';

export function newGrant(): string {
	return `${GRANT_PREFIX}${randomBytes(32).toString('base64url')}`;
}

/** @returns `undefined` where the caller shows no such token; API keys begin otherwise. */
export function grantIn(headers: Headers): string | undefined {
	return /^Bearer (kfd_[A-Za-z0-9_-]{43})$/.exec(headers.get('authorization') ?? '')?.[1];
}
