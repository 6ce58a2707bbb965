/**
 * What people type or paste on the screen that attaches. [AT1]
 *
 * @module
 */
import { parseLicenseNumber } from '#lib/domain/licenses/license-number.ts';
import { isRefusal } from '#lib/domain/refusal.ts';

/** Within other words, as lists and mails have it. */
const NUMBER = /\bKF(?:-[0-9A-Z]{4}){3}\b/gi;

/** License numbers and purchase IDs, each once. */
export function thingsInLines(text: string): string[] {
	return [...new Set(text.split(/[\n\r,;\t]+/).flatMap(thingsInLine))];
}

function thingsInLine(line: string): string[] {
	const numbers = (line.match(NUMBER) ?? []).filter((each) => !isRefusal(parseLicenseNumber(each)));
	const typed = line.trim();
	if (numbers.length > 0) return numbers.map((each) => each.toUpperCase());
	return typed === '' ? [] : [typed];
}

/** Codes of eight digits, however they are grouped; a whole mail may be pasted. */
export function codesIn(text: string): string[] {
	const found = text.normalize('NFKC').match(/(?<!\d)(?:\d[ -]?){7}\d(?!\d)/g) ?? [];
	return [...new Set(found.map((code) => code.replace(/[ -]/g, '')))];
}
