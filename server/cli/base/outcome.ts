/**
 * The outcome of a command and how it is printed: lines for people or JSON for programs, refusals by
 * code, reason and next step on stderr, and an exit code per class.
 *
 * @module
 */
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { isTemporary } from '#lib/domain/after-refusal.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { explain } from '#lib/messages/explain.ts';
import { showMarks } from '#lib/messages/words/typed.ts';

/** 0 done, 1 fault, 2 usage, 3 refused. */
export const exitCodes = { done: 0, fault: 1, usage: 2, refused: 3 } as const;

export type Outcome = {
	/** For people, on stdout; each entry is one line. */
	lines: string[];
	/** For programs, on stdout under `--json`. */
	json: unknown;
	/** Refusals met on the way, each explained on stderr. */
	refusals?: readonly Refusal[];
	/** Further lines on stderr: what is odd and stops nothing. */
	notices?: readonly string[];
	/** Where refusals do not decide it. */
	exit?: number;
};

/** Asked for in a way that cannot be meant. */
export class UsageError extends Error {}

/** Prints an outcome or a refusal. @returns The exit code. */
export function report(outcome: Outcome | Refusal, asJson: boolean): number {
	const { lines, json, refusals, notices, exit } = isRefusal(outcome)
		? { lines: [], json: refusalJson(outcome), refusals: [outcome], notices: [], exit: undefined }
		: outcome;
	if (asJson) process.stdout.write(`${asciiJson(json)}\n`);
	else if (lines.length > 0) process.stdout.write(`${lines.map(forTerminal).join('\n')}\n`);
	for (const notice of notices ?? []) complain(notice);
	for (const refusal of refusals ?? []) refusalLines(refusal).forEach(complain);
	return exit ?? exitOf(refusals ?? []);
}

/** The same JSON, without what a terminal would act on. */
export function asciiJson(json: unknown): string {
	return JSON.stringify(json, null, '\t').replace(/[^\P{Cc}\n\t]|[\p{Cf}\p{Zl}\p{Zp}]/gu, (sign) =>
		Array.from(
			sign.match(/[^]/g) ?? [],
			(unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
		).join('')
	);
}

/** One line on stderr, cleaned. */
export function complain(line: string): void {
	process.stderr.write(`${forTerminal(line)}\n`);
}

/**
 * Labels, names of files, titles and answers come from strangers. Every line passes through here: no
 * escape, control character, mark of direction or line break in it reaches a terminal; the
 * marks are shown [NM1].
 */
export function forTerminal(line: string): string {
	return showMarks(line).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, '\uFFFD');
}

export function exitOf(refusals: readonly Refusal[]): number {
	if (refusals.length === 0) return exitCodes.done;
	const onlyFaults = refusals.every(({ refused }) => isTemporary(refused));
	return onlyFaults ? exitCodes.fault : exitCodes.refused;
}

/** A refusal for programs, with its words. */
export function refusalJson(refusal: Refusal) {
	const { title, next } = explain(refusal);
	return { refused: refusal.refused, facts: refusal.facts, title, next };
}

export function refusalLines(refusal: Refusal): string[] {
	const { title, next } = explain(refusal);
	return [`${refusal.refused}: ${title}`, `  Next: ${next}`];
}

/** A fault in one sentence. The stack is for those who look for it. */
export function faultText(fault: unknown): string {
	if (!(fault instanceof Error)) return String(fault);
	if (process.env.KEYFERRY_DEBUG) return fault.stack ?? fault.message;
	const { code, path, message } = fault as NodeJS.ErrnoException;
	const where = path ? ` ${path}` : '';
	if (code === 'ENOENT') return `There is no${lacking(path) || ' such file'}.`;
	if (code === 'EACCES' || code === 'EPERM') return `Not permitted to use${where || ' this file'}.`;
	if (code === 'ENOSPC') return 'The disk is full.';
	if (code === 'EROFS') return `The disk of${where || ' this file'} is read-only.`;
	return message;
}

/** What is not there: the file, or already the folder that it is to lie in. */
function lacking(path: string | undefined): string | undefined {
	if (!path) return undefined;
	return existsSync(dirname(path)) ? ` ${path}` : ` folder ${dirname(path)}`;
}
