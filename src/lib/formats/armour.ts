/**
 * Armour: a file that survives mail, chat and notepads. [FI4]
 *
 * A few lines for people, which are not signed and never parsed; then one block of tokens joined by
 * `~`, wrapped at 64 columns, between a BEGIN and an END line whose label names the last token.
 *
 * @module
 */
import { refuse, type Refusal } from '../domain/refusal.ts';
import type { TokenType } from './tokens.ts';

export const FILE_LENGTH_LIMIT = 64 * 1024;
const COLUMNS = 64;

/** Label and file name extension by the type of a file's last token. */
export const fileKinds = {
	license: { label: 'LICENSE', extension: 'kflic' },
	'activation-request': { label: 'REQUEST', extension: 'kfreq' },
	activation: { label: 'ACTIVATION', extension: 'kfact' },
	refusal: { label: 'REFUSAL', extension: 'kfref' },
	return: { label: 'RETURN', extension: 'kfret' },
	receipt: { label: 'RECEIPT', extension: 'kfrcp' },
	allotment: { label: 'ALLOTMENT', extension: 'kfallot' },
	close: { label: 'CLOSE', extension: 'kfallot' },
	push: { label: 'PUSH', extension: 'kfpush' },
	trust: { label: 'TRUST', extension: 'kftrust' },
	'hub-key': { label: 'HUB-KEY', extension: 'kftrust' },
	revocation: { label: 'REVOCATION', extension: 'kftrust' }
} as const satisfies Record<TokenType, { label: string; extension: string }>;

/** One block as it was found: which tokens, under which label. */
export type ArmourBlock = { label?: string; tokens: string[] };

/**
 * @param lines - For people: what, whose, when. Control characters and line breaks are taken out,
 * so that no claim can draw a second block.
 */
export function writeArmour(
	type: TokenType,
	tokens: readonly string[],
	lines: readonly string[]
): string {
	const { label } = fileKinds[type];
	const joined = tokens.join('~');
	const body = [];
	for (let at = 0; at < joined.length; at += COLUMNS) body.push(joined.slice(at, at + COLUMNS));
	return [
		...lines.map(readableLine),
		'',
		`-----BEGIN KEYFERRY ${label}-----`,
		...body,
		`-----END KEYFERRY ${label}-----`,
		''
	].join('\n');
}

/**
 * Finds the one block of a file, or takes the whole text for bare tokens. Line ends, quote marks of
 * mail programs and white space around lines do not matter.
 */
export function readArmour(
	text: string
): ArmourBlock | Refusal<'FILE_TOO_LARGE' | 'FILE_MALFORMED'> {
	const blocks = eachBlock(text);
	const { value: block } = blocks.next();
	// A second one decides it, however many follow.
	if (!blocks.next().done) return refuse('FILE_MALFORMED', { reason: 'several-blocks' });
	return block ?? refuse('FILE_MALFORMED', { reason: 'nothing-found' });
}

/** Every block of a text, in order: one paste may hold several files. */
export function findBlocks(
	text: string
): (ArmourBlock | Refusal<'FILE_TOO_LARGE' | 'FILE_MALFORMED'>)[] {
	return [...eachBlock(text)];
}

function* eachBlock(
	text: string
): Generator<ArmourBlock | Refusal<'FILE_TOO_LARGE' | 'FILE_MALFORMED'>, undefined> {
	// A pattern for trailing white space would take quadratic time on a long run of it.
	const lines = text.split(/\r\n|[\n\r]/).map((raw) => raw.trimEnd().replace(/^[\s>|]+/, ''));
	let found = false;
	for (let at = 0; at < lines.length; at++) {
		const label = /^-----BEGIN KEYFERRY ([A-Z-]{1,20})-----$/.exec(lines[at] ?? '')?.[1];
		if (label === undefined) continue;
		found = true;
		const begin = at + 1;
		while (++at < lines.length && !lines[at]?.startsWith('-----')) {
			// Only the next BEGIN or END line ends a block.
		}
		yield readBlock(label, lines, { begin, end: at });
		// A new BEGIN where an END was due opens the next block.
		if (lines[at]?.startsWith('-----BEGIN')) at--;
	}
	if (found) return undefined;
	const bare = lines.join('');
	if (bare.length > FILE_LENGTH_LIMIT)
		yield refuse('FILE_TOO_LARGE', { bytes: bare.length, limit: FILE_LENGTH_LIMIT });
	else if (/^[A-Za-z0-9_.~-]+$/.test(bare) && bare.includes('.')) yield { tokens: bare.split('~') };
	return undefined;
}

function readBlock(
	label: string,
	lines: readonly string[],
	{ begin, end }: { begin: number; end: number }
): ArmourBlock | Refusal<'FILE_TOO_LARGE' | 'FILE_MALFORMED'> {
	const body = lines.slice(begin, end);
	const bytes = body.reduce((sum, line) => sum + line.length, 0);
	if (bytes > FILE_LENGTH_LIMIT)
		return refuse('FILE_TOO_LARGE', { bytes, limit: FILE_LENGTH_LIMIT });
	// People count lines from 1.
	if (lines[end] !== `-----END KEYFERRY ${label}-----`)
		return refuse('FILE_MALFORMED', { reason: 'end-missing', line: end + 1 });
	const damaged = body.findIndex((line) => !/^[A-Za-z0-9_.~-]*$/.test(line));
	if (damaged >= 0)
		return refuse('FILE_MALFORMED', { reason: 'foreign-sign', line: begin + damaged + 1 });
	return { label, tokens: body.join('').split('~') };
}

/** One line for people: no control characters, no line breaks, nothing that looks like armour. */
export function readableLine(text: string): string {
	// Bidirectional overrides would let a claim rearrange what a person reads.
	return text
		.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
		.replace(/-{2,}/g, '-')
		.trim()
		.slice(0, 120);
}
