/**
 * JSON from strangers: nothing that two readers could read differently. [FI3]
 *
 * `JSON.parse` keeps the last of two equal keys and lets a `__proto__` through, so the text is
 * walked once before it is parsed. Numbers are whole and written plainly: `1.0`, `1e0` and `-0` are
 * integers to some languages and not to others, and beyond 2^53 - 1 they lose digits in some. Texts
 * hold no control characters and no half of a surrogate pair: databases and terminals choke on them.
 *
 * @module
 */

export const JSON_DEPTH_LIMIT = 6;

export type JsonFault = 'json' | 'depth' | 'duplicate-key' | 'forbidden-key' | 'number' | 'text';

/** What no text may hold: control characters, and halves of surrogate pairs. */
const IN_NO_LINE = /[\p{Cc}\p{Cs}]/u;
/** The same for texts of several lines, such as whole files. */
const IN_NO_TEXT = /[\0\p{Cs}]/u;

/**
 * @param lines - Whether texts may hold several lines.
 * @returns The value, or what is wrong with the text.
 */
export function parseStrictJson(
	text: string,
	lines: 'one' | 'several' = 'one'
): { value: unknown } | { fault: JsonFault } {
	const fault = walk(text, lines === 'one' ? IN_NO_LINE : IN_NO_TEXT);
	if (fault) return { fault };
	try {
		return { value: JSON.parse(text) as unknown };
	} catch {
		return { fault: 'json' };
	}
}

const [BRACE, BRACE_END, BRACKET, BRACKET_END, QUOTE, BACKSLASH, COLON, MINUS] = Array.from(
	'{}[]"\\:-',
	(sign) => sign.charCodeAt(0)
);

/** Looks at keys, depth and numbers only; that the text is JSON at all is left to `JSON.parse`. */
function walk(text: string, forbidden: RegExp): JsonFault | undefined {
	// One entry per open bracket: the keys seen in an object, nothing for an array.
	const open: (Set<string> | undefined)[] = [];
	for (let at = 0; at < text.length; at++) {
		const sign = text.charCodeAt(at);
		if (sign === BRACE || sign === BRACKET) {
			if (open.push(sign === BRACE ? new Set() : undefined) > JSON_DEPTH_LIMIT) return 'depth';
		} else if (sign === BRACE_END || sign === BRACKET_END) {
			open.pop();
		} else if (sign === QUOTE) {
			const end = endOfString(text, at);
			if (end < 0) return 'json';
			const fault = judgeText(text.slice(at, end), forbidden);
			if (fault) return fault;
			const keys = open.at(-1);
			if (keys && isKey(text, end)) {
				const fault = addKey(keys, text.slice(at, end));
				if (fault) return fault;
			}
			at = end - 1;
		} else if (sign === MINUS || isDigit(sign)) {
			const end = endOfNumber(text, at);
			if (!isPlainInteger(text.slice(at, end))) return 'number';
			at = end - 1;
		}
	}
	return undefined;
}

function judgeText(quoted: string, forbidden: RegExp): JsonFault | undefined {
	const value = unquote(quoted);
	if (value === undefined) return 'json';
	return forbidden.test(value) ? 'text' : undefined;
}

/** Index after a number and whatever is glued to it: a point, an exponent, another sign. */
function endOfNumber(text: string, start: number): number {
	let end = start + 1;
	while (isDigit(text.charCodeAt(end)) || '+-.eE'.includes(text.charAt(end) || ' ')) end++;
	return end;
}

function isDigit(code: number): boolean {
	return code >= 0x30 && code <= 0x39;
}

function isPlainInteger(number: string): boolean {
	return /^(0|-?[1-9]\d{0,15})$/.test(number) && Number.isSafeInteger(Number(number));
}

function addKey(keys: Set<string>, quoted: string): JsonFault | undefined {
	const key = unquote(quoted);
	if (key === undefined) return 'json';
	if (key === '__proto__') return 'forbidden-key';
	if (keys.has(key)) return 'duplicate-key';
	keys.add(key);
	return undefined;
}

/** Two spellings of one key are one key, so escapes are resolved. */
function unquote(quoted: string): string | undefined {
	if (!quoted.includes('\\')) return quoted.slice(1, -1);
	try {
		return JSON.parse(quoted) as string;
	} catch {
		return undefined;
	}
}

/** A string in an object is a key when a colon follows, whatever white space lies between. */
function isKey(text: string, end: number): boolean {
	let at = end;
	while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at++;
	return text.charCodeAt(at) === COLON;
}

/** Index after the closing quote of the string that opens at `start`, or -1. */
function endOfString(text: string, start: number): number {
	for (let at = start + 1; at < text.length; at++) {
		const sign = text.charCodeAt(at);
		if (sign === BACKSLASH) at++;
		else if (sign === QUOTE) return at + 1;
	}
	return -1;
}
