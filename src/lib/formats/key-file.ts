/**
 * License keys as `.kflic` files, of the tokens that the hub has signed.
 *
 * @module
 */
import { utcDay } from '../domain/calendar.ts';
import { writeArmour } from './write-armour.ts';
import { storedClaims } from './stored-token.ts';
import type { Claims } from './tokens.ts';

/** @param tokens - The key is the last of them. They are as the hub sent them, and say no more than that. */
export function writeKeyFile(tokens: readonly string[]): string {
	return writeArmour('license', tokens, keyLines(storedClaims('license', tokens.at(-1) ?? '')));
}

/** What a person reads above the armour. Not signed, never parsed. [FI4] */
export function keyLines(claims: Claims['license']): string[] {
	return ['Keyferry license key', ...aboutLicense(claims), `Date: ${utcDay(claims.iat)}`];
}

export function aboutLicense({
	title,
	num,
	org
}: Pick<Claims['license'], 'title' | 'num' | 'org'>): string[] {
	const about = [`Product: ${title}`, `License: ${num}`];
	return org === undefined ? about : [...about, `Organization: ${org}`];
}
