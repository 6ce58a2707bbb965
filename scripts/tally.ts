/**
 * What a test runner found, in the one form that `npm test` adds up: each runner's reporter writes it
 * to the file named by `KEYFERRY_TALLY`.
 *
 * @module
 */

import { writeFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

export type Tally = {
	passed: number;
	failed: number;
	/** Each that failed, named, with the first line of why: the last lines of a long log tell it all. */
	failures: Told[];
	skipped: Told[];
	/** Those of the passed ones that did so at the second attempt only. */
	again: string[];
	/** Seconds that the tests of each file took, one after the other. */
	seconds: Record<string, number>;
};
export type Told = { test: string; why: string };

export function emptyTally(): Tally {
	return { passed: 0, failed: 0, failures: [], skipped: [], again: [], seconds: {} };
}

/** What a runner says of an error, without its colors and in one line of bounded length. */
export function firstLine(message = ''): string {
	const [line = ''] = stripVTControlCharacters(message).trim().split('\n');
	return line.slice(0, 200);
}

export function addTime(tally: Tally, file: string, milliseconds: number): void {
	tally.seconds[file] = (tally.seconds[file] ?? 0) + milliseconds / 1000;
}

export function writeTally(tally: Tally): void {
	const file = process.env.KEYFERRY_TALLY;
	if (file) writeFileSync(file, JSON.stringify(tally));
}
