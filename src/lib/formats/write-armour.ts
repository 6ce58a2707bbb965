/**
 * Armour as it is written. It is read by `armour.ts`, which forgives what happens to it on the way. [FI4]
 *
 * @module
 */
import type { TokenType } from './tokens.ts';

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
	revocation: { label: 'REVOCATION', extension: 'kftrust' },
	lease: { label: 'LEASE', extension: 'kflease' },
	usage: { label: 'USAGE', extension: 'kfuse' }
} as const satisfies Record<TokenType, { label: string; extension: string }>;

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

/** One line for people: no control characters, no line breaks, nothing that looks like armour. */
export function readableLine(text: string): string {
	// Bidirectional overrides would let a claim rearrange what a person reads. Marks are read leniently,
	// also across lines, so no dash may stand before anything that begins one.
	return (
		text
			.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, ' ')
			.slice(0, 120)
			// A sign that was cut in two is none.
			.replace(/\p{Cs}/gu, '')
			.replace(/\s*[\p{Pd}\u2212][\p{Pd}\u2212\s]*(?=(?:BEGIN|END)\b)/giu, ' ')
			.replace(/-{2,}/g, '-')
			.trim()
	);
}
