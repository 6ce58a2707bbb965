/**
 * base45: bytes in the 45 signs that a QR code packs tightest.
 *
 * @see RFC 9285
 * @module
 */

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

export function encodeBase45(bytes: Uint8Array): string {
	let text = '';
	for (let at = 0; at < bytes.length; at += 2) {
		const pair = at + 1 < bytes.length;
		let value = pair ? bytes[at]! * 256 + bytes[at + 1]! : bytes[at]!;
		for (let signs = pair ? 3 : 2; signs > 0; signs--) {
			text += ALPHABET[value % 45]!;
			value = Math.floor(value / 45);
		}
	}
	return text;
}

/** @returns `undefined` for a foreign sign, an impossible length or a group above its largest value. */
export function decodeBase45(text: string): Uint8Array<ArrayBuffer> | undefined {
	if (text.length % 3 === 1) return undefined;
	const bytes: number[] = [];
	for (let at = 0; at < text.length; at += 3) {
		const group = text.slice(at, at + 3);
		const values = Array.from(group, (sign) => ALPHABET.indexOf(sign));
		if (values.includes(-1)) return undefined;
		const value = values.reduceRight((sum, digit) => sum * 45 + digit, 0);
		if (value > (group.length === 3 ? 0xffff : 0xff)) return undefined;
		if (group.length === 3) bytes.push(value >> 8);
		bytes.push(value & 0xff);
	}
	return Uint8Array.from(bytes);
}
