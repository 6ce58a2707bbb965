/**
 * What a test runner found, in the one form that `npm test` adds up: each runner's reporter writes it
 * to the file named by `KEYFERRY_TALLY`.
 *
 * @module
 */

import { writeFileSync } from 'node:fs';

export type Tally = {
	passed: number;
	failed: number;
	skipped: Skipped[];
	/** Those of the passed ones that did so at the second attempt only. */
	again: string[];
};
export type Skipped = { test: string; why: string };

export function writeTally(tally: Tally): void {
	const file = process.env.KEYFERRY_TALLY;
	if (file) writeFileSync(file, JSON.stringify(tally));
}
