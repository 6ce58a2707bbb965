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
import { refuse, type Refusal } from '../refusal.ts';

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
	if (symbols.length !== BODY_SYMBOLS + 1 || !isRight([...symbols]))
		return refuse('LICENSE_NUMBER_INVALID', {
			number: input.slice(0, INPUT_LENGTH_LIMIT).trim().slice(0, 40)
		});
	return group(symbols);
}

/** Letters of other scripts that look like ours, as keyboards and optical readers put them in. */
const LOOK_ALIKES = new Map(
	Object.entries({
		...pairs('АВЕЅЈКМНОРСТУХІ', 'ABESJKMHOPCTYXI'),
		...pairs('ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'ABEZHIKMNOPTYX')
	})
);

function pairs(from: string, to: string): Record<string, string> {
	return Object.fromEntries([...from].map((letter, at) => [letter, to[at] ?? '']));
}

/**
 * The symbols of what was typed so far: compatibility forms (full width, superscript) and digits of
 * any script are read as ours, prefix, label and separators removed, look-alikes folded.
 */
export function foldLicenseNumber(input: string): string {
	const visible = input
		.normalize('NFKC')
		.replace(/\p{Cf}/gu, '')
		.toUpperCase();
	const text = Array.from(visible, (sign) => {
		if (/\p{Nd}/u.test(sign)) return digitOf(sign);
		return LOOK_ALIKES.get(sign) ?? sign;
	}).join('');
	// A label before the number, such as `License:`, ends where the prefix begins.
	const prefix =
		/^[^0-9]*KF[^0-9A-Z]*(?=(?:[0-9A-Z][^0-9A-Z]*){12}$)/.exec(text) ??
		/^[^0-9A-Z]*KF(?=[^0-9A-Z])/.exec(text);
	return text
		.slice(prefix ? prefix.index + prefix[0].length : 0)
		.replace(/[^0-9A-Z]/g, '')
		.replaceAll('O', '0')
		.replace(/[IL]/g, '1');
}

/** Decimal digits of a script stand in a row of ten, zero first (Unicode, section 4.6). */
function digitOf(sign: string): string {
	const code = sign.codePointAt(0) ?? 0;
	let value = 0;
	while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value++;
	return String(value);
}

/** True once twelve symbols are there: only then is a wrong check symbol worth showing. */
export function isCompleteLicenseNumber(input: string): boolean {
	return foldLicenseNumber(input).length === BODY_SYMBOLS + 1;
}

/**
 * The numbers that somebody may have meant who got one character wrong, or two neighbours the wrong way
 * round: as many as there are places, of which seldom more than one was ever issued.
 *
 * @returns Nothing for a number that is right, for one that is still being typed, and for what is no
 * number at all.
 */
export function nearbyLicenseNumbers(input: string): string[] {
	if (input.length > INPUT_LENGTH_LIMIT || !/\p{Nd}|^\W*kf\b/iu.test(input)) return [];
	const symbols = [...foldLicenseNumber(input)];
	if (symbols.length !== BODY_SYMBOLS + 1 || isRight(symbols)) return [];
	const found = new Set<string>();
	for (const at of symbols.keys()) {
		for (const symbol of ALPHABET) keep(symbols.with(at, symbol));
		const [one, next] = symbols.slice(at, at + 2);
		if (one && next) keep(symbols.toSpliced(at, 2, next, one));
	}
	return [...found];

	function keep(candidate: readonly string[]): void {
		if (isRight(candidate)) found.add(group(candidate.join('')));
	}
}

function isRight(symbols: readonly string[]): boolean {
	return (
		symbols.every((symbol) => ALPHABET.includes(symbol)) &&
		checkSymbol(symbols.slice(0, BODY_SYMBOLS).join('')) === symbols.at(-1)
	);
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
