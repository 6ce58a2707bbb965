/**
 * How a mailed code is kept: under what the page that asked for it was given, so that nobody else can
 * guess at it or use it up, and hashed with that, which is kept nowhere. [PE3]
 *
 * @module
 */
import { randomBytes, randomInt } from 'node:crypto';
import { sha256 } from '#server/db/sha256.ts';

export const CODE_MINUTES = 10;
export const CODE_TRIES = 5;
const DIGITS = 8;

/** @returns `flow`, which goes to the page that asked; the code goes by mail. */
export function newCodeFlow(): { flow: string; code: string } {
	const code = String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0');
	return { flow: randomBytes(24).toString('base64url'), code };
}

export function codeHashOf(flow: string, code: string): string {
	return sha256(`${flow} ${code}`);
}

/** As it is typed: phones and people put blanks and hyphens between. */
export function plainCode(typed: string): string {
	return typed.normalize('NFKC').replace(/[\s-]/g, '');
}
