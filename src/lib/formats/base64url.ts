/**
 * base64url without padding, strictly: every text that decodes is the text that encoding gives. [FI3]
 *
 * @see RFC 4648 section 5
 * @module
 */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const VALUES = new Int8Array(128).fill(-1);
for (let value = 0; value < 64; value++) VALUES[ALPHABET.charCodeAt(value)] = value;

export function encodeBase64url(bytes: Uint8Array): string {
	let text = '';
	for (let at = 0; at < bytes.length; at += 3) {
		const left = bytes.length - at;
		const triple =
			(bytes[at]! << 16) | ((left > 1 ? bytes[at + 1]! : 0) << 8) | (left > 2 ? bytes[at + 2]! : 0);
		text += ALPHABET[triple >> 18]! + ALPHABET[(triple >> 12) & 63]!;
		if (left > 1) text += ALPHABET[(triple >> 6) & 63]!;
		if (left > 2) text += ALPHABET[triple & 63]!;
	}
	return text;
}

/** @returns `undefined` for a foreign sign, an impossible length, or bits set in the unused tail. */
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
