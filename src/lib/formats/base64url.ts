/**
 * base64url without padding, strictly: every text that decodes is the text that encoding gives. [FI3]
 *
 * @see RFC 4648 section 5
 * @module
 */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** The two symbols of each twelve bits. */
const PAIRS = Array.from(
	{ length: 4096 },
	(_, bits) => ALPHABET[bits >> 6]! + ALPHABET[bits & 63]!
);
/** The six bits of each symbol, by its character code. */
const VALUES = new Int8Array(128).fill(-1);
for (let value = 0; value < 64; value++) VALUES[ALPHABET.charCodeAt(value)] = value;

export function encodeBase64url(bytes: Uint8Array): string {
	const tail = bytes.length % 3;
	const whole = bytes.length - tail;
	let text = '';
	for (let at = 0; at < whole; at += 3) {
		const triple = (bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!;
		text += PAIRS[triple >> 12]! + PAIRS[triple & 4095]!;
	}
	if (tail === 1) text += PAIRS[bytes[whole]! << 4]!;
	if (tail === 2) {
		const bits = (bytes[whole]! << 10) | (bytes[whole + 1]! << 2);
		text += PAIRS[bits >> 6]! + ALPHABET[bits & 63]!;
	}
	return text;
}

/** @returns `undefined` for a foreign symbol, an impossible length, or bits set in the unused tail. */
export function decodeBase64url(text: string): Uint8Array<ArrayBuffer> | undefined {
	const tail = text.length % 4;
	if (tail === 1) return undefined;
	const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
	let bits = 0;
	let held = 0;
	let at = 0;
	for (let i = 0; i < text.length; i++) {
		const value = VALUES[text.charCodeAt(i)];
		if (value === undefined || value < 0) return undefined;
		bits = (bits << 6) | value;
		held += 6;
		if (held >= 8) {
			held -= 8;
			bytes[at++] = bits >> held;
			bits &= (1 << held) - 1;
		}
	}
	return bits === 0 ? bytes : undefined;
}
