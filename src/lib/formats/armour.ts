/**
 * Armour: a file that survives mail, chat and notepads. [FI4]
 *
 * A few lines for people, which are not signed and never parsed; then one block of tokens joined by
 * `~`, wrapped at 64 columns, between a BEGIN and an END line whose label names the last token.
 *
 * @module
 */
import { refuse, type Refusal } from '../domain/refusal.ts';
import { decodeMail } from './mail.ts';
import { BLANKS_AND_QUOTES, kindOfForeignText, plainText } from './text.ts';

export const FILE_LENGTH_LIMIT = 64 * 1024;

/** base64url of `{"`: how every header begins. */
const TOKEN_START = 'eyJ';

/** One block as it was found: which tokens, under which label. */
export type ArmourBlock = { label?: string; tokens: string[] };

/** One BEGIN or END line, wherever it stands: programs join lines, and put text before and after. */
const MARK =
	/-{1,5}[ \t]{0,4}(BEGIN|END)\s{1,4}KEYFERRY\s{1,4}([A-Z]{1,12}(?:-[A-Z]{1,12})?)\s{0,4}-{1,5}/gi;

/**
 * Finds the one block of a file, or takes the whole text for bare tokens. How the text around the
 * tokens was damaged on its way does not matter; the tokens are as they were, or nothing.
 */
export function readArmour(
	text: string
): ArmourBlock | Refusal<'FILE_TOO_LARGE' | 'FILE_MALFORMED'> {
	const blocks = eachBlock(text);
	const { value: block } = blocks.next();
	// A second one decides it, however many follow.
	if (!blocks.next().done) return refuse('FILE_MALFORMED', { reason: 'several-blocks' });
	return block ?? nothingIn(text);
}

/** What holds nothing of ours belongs to somebody else; other refusals of files are damage. */
export function isForeign(refusal: Refusal): boolean {
	return (
		refusal.refused === 'FILE_MALFORMED' &&
		['nothing-found', 'mail', 'html'].includes(refusal.facts.reason)
	);
}

/** Why a text without any block is none of ours, as far as its kind can be named. */
export function nothingIn(text: string): Refusal<'FILE_MALFORMED'> {
	return refuse('FILE_MALFORMED', { reason: kindOfForeignText(text) });
}

/** Every block of a text, in order: one paste may hold several files. */
export function findBlocks(
	text: string
): (ArmourBlock | Refusal<'FILE_TOO_LARGE' | 'FILE_MALFORMED'>)[] {
	return [...eachBlock(text)];
}

function* eachBlock(
	raw: string
): Generator<ArmourBlock | Refusal<'FILE_TOO_LARGE' | 'FILE_MALFORMED'>, undefined> {
	let found = false;
	for (const block of blocksOf(plainText(raw))) {
		found = true;
		yield block;
	}
	if (!found && kindOfForeignText(raw) === 'mail') yield* blocksOf(plainText(decodeMail(raw)));
	return undefined;
}

function* blocksOf(
	text: string
): Generator<ArmourBlock | Refusal<'FILE_TOO_LARGE' | 'FILE_MALFORMED'>, undefined> {
	const marks = [...text.matchAll(MARK)];
	const lineAt = lineCounter(text);
	let found = false;
	for (const [at, mark] of marks.entries()) {
		if (!isMark(mark, 'BEGIN')) continue;
		found = true;
		yield readBlock(text, { begin: mark, end: marks[at + 1], lineAt });
	}
	const bare = found ? undefined : bareTokens(text);
	if (bare === undefined) return undefined;
	if (bare.length > FILE_LENGTH_LIMIT)
		yield refuse('FILE_TOO_LARGE', { bytes: bare.length, limit: FILE_LENGTH_LIMIT });
	else yield { tokens: bare.split('~') };
	return undefined;
}

/** Lines as people count them, from 1. Places are asked in order, so each line is counted once. */
function lineCounter(text: string): (index: number) => number {
	let [from, line] = [0, 1];
	return (index) => {
		line += text.slice(from, index).match(/\r\n|[\n\r]/g)?.length ?? 0;
		from = index;
		return line;
	};
}

function isMark(mark: RegExpExecArray | undefined, kind: 'BEGIN' | 'END'): mark is RegExpExecArray {
	return mark?.[1]?.toUpperCase() === kind;
}

type Marks = {
	begin: RegExpExecArray;
	end: RegExpExecArray | undefined;
	lineAt: (index: number) => number;
};

function readBlock(
	text: string,
	{ begin, end, lineAt }: Marks
): ArmourBlock | Refusal<'FILE_TOO_LARGE' | 'FILE_MALFORMED'> {
	const label = begin[2]!.toUpperCase();
	const from = begin.index + begin[0].length;
	const inside = text.slice(from, end?.index);
	const body = inside.replace(BLANKS_AND_QUOTES, '');
	if (body.length > FILE_LENGTH_LIMIT)
		return refuse('FILE_TOO_LARGE', { bytes: body.length, limit: FILE_LENGTH_LIMIT });
	if (!isMark(end, 'END') || end[2]?.toUpperCase() !== label) {
		const line = lineAt(end?.index ?? text.length);
		return refuse('FILE_MALFORMED', { reason: 'end-missing', line });
	}
	const foreign = /[^A-Za-z0-9_.~-]/.exec(body)?.[0];
	if (foreign !== undefined) {
		const line = lineAt(from + inside.indexOf(foreign));
		return refuse('FILE_MALFORMED', { reason: 'foreign-sign', line });
	}
	return { label, tokens: body.split('~') };
}

/** Tokens without armour: from the first one, whatever stands before it, to the end of the text. */
function bareTokens(text: string): string | undefined {
	const from = text.indexOf(TOKEN_START);
	if (from < 0) return undefined;
	const bare = text.slice(from).replace(BLANKS_AND_QUOTES, '');
	let end = /[^A-Za-z0-9_.~-]/.exec(bare)?.index ?? bare.length;
	while (bare[end - 1] === '.' || bare[end - 1] === '~') end--;
	const tokens = bare.slice(0, end);
	// Quotes, brackets and a full stop may follow; more text would be taken for a part of it.
	return tokens.includes('.') && !/[A-Za-z0-9=]/.test(bare.slice(end)) ? tokens : undefined;
}
