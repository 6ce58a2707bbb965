/**
 * What a hand scanner types into a text: codes `KF1:…`, one a line or run together. [FI6]
 *
 * @module
 */
import { isRefusal } from '../domain/refusal.ts';
import { decodeQr } from './qr.ts';

/** What base45 is written in; a blank is one of its signs, so no code is trimmed. (RFC 9285) */
const FOREIGN = /[^0-9A-Z $%*+\-./:]/;
const FRAME = /^KF1:([1-9]\d?)\/([1-9]\d?):/;

/** Every code of a text, in order; none where nobody scanned. */
export function scannedCodes(text: string): string[] {
	if (!text.includes('KF1:')) return [];
	const parts = text
		.slice(text.indexOf('KF1:'))
		.split(/(?=KF1:)/)
		.map(withoutLines);
	const codes: string[] = [];
	for (let at = 0; at < parts.length; at++) {
		const part = parts[at]!;
		// By chance a code holds what others begin with.
		const joined = part + (parts[at + 1] ?? '');
		if (!FRAME.test(part) && isWrong(part) && joined !== part && !isWrong(joined)) {
			codes.push(joined);
			at++;
		} else codes.push(FRAME.test(part) ? part : withItsBlanks(part));
	}
	return withFullFrames(codes);
}

/** Scanners end lines in many ways, and editors wrap them; what follows the code is no part of it. */
function withoutLines(part: string): string {
	const code = part.replace(/[\r\n\t\u0000]+/g, '');
	return code.slice(0, FOREIGN.exec(code)?.index);
}

/** Editors cut blanks at the ends of lines, and people add them. */
function withItsBlanks(code: string): string {
	const likely = [code, code.trimEnd(), `${code} `, `${code}  `];
	return likely.find((each) => !isWrong(each)) ?? code;
}

function isWrong(code: string): boolean {
	return isRefusal(decodeQr(code));
}

/** All frames of a set but the last are as long as one another; what is missing are blanks. */
function withFullFrames(codes: readonly string[]): string[] {
	const lengths = new Map<string, number>();
	for (const code of codes) {
		const [head, index, count = ''] = FRAME.exec(code) ?? [];
		if (head === undefined || index === count) continue;
		lengths.set(count, Math.max(lengths.get(count) ?? 0, code.length - head.length));
	}
	return codes.map((code) => {
		const [head, index, count = ''] = FRAME.exec(code) ?? [];
		if (head === undefined || index === count) return code;
		return code.padEnd(head.length + (lengths.get(count) ?? 0));
	});
}
