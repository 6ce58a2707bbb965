/**
 * Names that people type: one that nobody sees is none. [NM1]
 *
 * @module
 */
import { refuse, type Refusal } from './refusal.ts';

/** White space, control characters, and signs that are drawn as nothing (the last one is a blank of Braille). */
const UNSEEN = /^[\p{White_Space}\p{Cc}\p{Default_Ignorable_Code_Point}\u2800]*$/u;

/** Whether nobody would see it. */
export function isBlank(text: string): boolean {
	return UNSEEN.test(text);
}

/** Longer than any name that a file holds. [NM1] */
export const NAME_LIMIT = 200;

/** Breaks of lines and what no file holds, as pastes and scripts bring them, with the blanks around. */
const BREAKS = /\s*[\p{Cc}\p{Zl}\p{Zp}][\s\p{Cc}\p{Zl}\p{Zp}]*/gu;

/** As one line, which is what a name is. */
export function asLine(text: string): string {
	return text.replace(BREAKS, ' ').trim();
}

/** What may be left out: as one line, and nothing where nobody would see it. */
export function seenOrNone(text: string | undefined): string | undefined {
	return text === undefined || isBlank(text) ? undefined : asLine(text);
}

/** Whoever asks has to be named so that others can read it. */
export function judgeName(name: string): Refusal<'NAME_BLANK'> | undefined {
	return isBlank(name) ? refuse('NAME_BLANK', { field: 'name' }) : undefined;
}
