/**
 * Text as it really arrives: re-encoded by an editor, wrapped by mail, marked up by chat programs and
 * office suites. Everything here is about the text around tokens; tokens are read strictly. [FI4]
 *
 * @module
 */

/**
 * What files and archives hold, as text: UTF-8, or UTF-16 in either order of bytes, with a byte order
 * mark or recognised by its zero bytes. Bytes that are neither become U+FFFD.
 */
export function decodeText(bytes: Uint8Array): string {
	return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
	const [first = 1, second = 1] = bytes;
	if (first === 0xff && second === 0xfe) return 'utf-16le';
	if (first === 0xfe && second === 0xff) return 'utf-16be';
	// Our texts begin in ASCII, of which UTF-16 makes a zero byte and another.
	if (first !== 0 && second === 0) return 'utf-16le';
	return first === 0 && second !== 0 ? 'utf-16be' : 'utf-8';
}

/**
 * Drops what nobody sees (byte order marks, joiners, soft hyphens, marks of direction: category Cf)
 * and writes every dash as hyphens; a long one stands for two, which editors make it of.
 */
export function plainText(text: string): string {
	return text
		.replace(/\p{Cf}+/gu, '')
		.replace(/[\u2014\u2015]/g, '--')
		.replace(/[\p{Pd}\u2212]/gu, '-');
}

/** Blanks of any kind, and the marks that mail programs put before quoted lines. */
export const BLANKS_AND_QUOTES =
	/[\t\n\v\f\r >|\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;

/** What a text is that holds nothing of ours, as far as it can be named. */
export function kindOfForeignText(text: string): 'mail' | 'html' | 'nothing-found' {
	const head = text.slice(0, 4096);
	if (/^(from|received|return-path|message-id|mime-version|delivered-to|subject):/im.test(head))
		return 'mail';
	return /<(!doctype html|html|head|body|div|table)\b/i.test(head) ? 'html' : 'nothing-found';
}
