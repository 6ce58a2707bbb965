/**
 * Mail saved as a file: what its encoded parts say. (RFC 2045 section 6; enough of it to find a file of
 * ours that was sent as text or attached, and no more.)
 *
 * @module
 */
import { decodeText } from './text.ts';

const ENCODING = /^content-transfer-encoding:[ \t]*(base64|quoted-printable)/gim;

/** The decoded parts of a mail, joined; empty where nothing is encoded. */
export function decodeMail(text: string): string {
	return [...text.matchAll(ENCODING)].map((header) => decodePart(text, header)).join('\n');
}

function decodePart(text: string, { index, 1: encoding }: RegExpExecArray): string {
	const blank = /\r?\n\r?\n/g;
	blank.lastIndex = index;
	if (!blank.exec(text)) return '';
	const rest = text.slice(blank.lastIndex);
	// The next boundary, as this mail's own headers name it, begins so.
	const end = /^--(?!-)/m.exec(rest)?.index ?? rest.length;
	const body = rest.slice(0, end);
	return encoding?.toLowerCase() === 'base64' ? fromBase64(body) : fromQuotedPrintable(body);
}

function fromBase64(body: string): string {
	try {
		const binary = atob(body.replace(/\s/g, ''));
		return decodeText(Uint8Array.from(binary, (sign) => sign.charCodeAt(0)));
	} catch {
		return '';
	}
}

function fromQuotedPrintable(body: string): string {
	return body
		.replace(/=[ \t]*\r?\n/g, '')
		.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
