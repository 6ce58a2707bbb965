/**
 * License numbers: `KF-XXXX-XXXX-XXXX`, short enough to read over the telephone.
 *
 * Eleven random symbols and a check symbol, in Crockford's base32 alphabet without `Z`. Crockford's
 * own check symbol needs five signs outside the alphabet; here it is the sum of the symbols, each
 * weighted by its place, modulo the size of the alphabet. 31 is prime, so every single wrong symbol
 * and every swap of two neighbours is found.
 *
 * @see https://www.crockford.com/base32.html
 * @module
 */
import { refuse, type Refusal } from './refusal.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXY';
const BODY_SYMBOLS = 11;
/** More than any way to type a number takes; a pasted book is none. */
const INPUT_LENGTH_LIMIT = 200;

/** @param random - At least 11 random bytes. */
export function makeLicenseNumber(random: Uint8Array): string {
	const body = Array.from(
		random.slice(0, BODY_SYMBOLS),
		(byte) => ALPHABET[byte % ALPHABET.length]
	).join('');
	return group(body + checkSymbol(body));
}

/**
 * Reads a number as people type it: any case, with or without prefix and dashes, `O` for `0` and
 * `I` or `L` for `1`.
 *
 * @returns The canonical number, or `LICENSE_NUMBER_INVALID` when a symbol is missing, foreign or
 * wrong.
 */
export function parseLicenseNumber(input: string): string | Refusal<'LICENSE_NUMBER_INVALID'> {
	const symbols = input.length > INPUT_LENGTH_LIMIT ? '' : foldLicenseNumber(input);
	const body = symbols.slice(0, BODY_SYMBOLS);
	const whole = symbols.length === BODY_SYMBOLS + 1;
	const known = [...symbols].every((symbol) => ALPHABET.includes(symbol));
	if (!whole || !known || checkSymbol(body) !== symbols.at(-1))
		return refuse('LICENSE_NUMBER_INVALID', {
			number: input.slice(0, INPUT_LENGTH_LIMIT).trim().slice(0, 40)
		});
	return group(symbols);
}

/** The symbols of what was typed so far, prefix and separators removed, look-alikes folded. */
export function foldLicenseNumber(input: string): string {
	return input
		.trim()
		.toUpperCase()
		.replace(/^KF(?=[\s\p{Dash}])|^KF(?=[0-9A-Z]{12}$)/u, '')
		.replace(/[\s\p{Dash}]/gu, '')
		.replaceAll('O', '0')
		.replace(/[IL]/g, '1');
}

/** True once twelve symbols are there: only then is a wrong check symbol worth showing. */
export function isCompleteLicenseNumber(input: string): boolean {
	return foldLicenseNumber(input).length === BODY_SYMBOLS + 1;
}

function checkSymbol(body: string): string {
	const sum = [...body].reduce(
		(total, symbol, at) => total + ALPHABET.indexOf(symbol) * (at + 1),
		0
	);
	return ALPHABET[sum % ALPHABET.length] ?? '';
}

function group(symbols: string): string {
	return `KF-${symbols.slice(0, 4)}-${symbols.slice(4, 8)}-${symbols.slice(8)}`;
}
