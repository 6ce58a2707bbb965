/** What a look at a machine found, as a table. */
import type { Finding } from '#server/doctor/finding.ts';
import { exitCodes, type Outcome } from './outcome.ts';
import { table } from './texts.ts';

const marks = { ok: 'ok', note: '--', bad: 'NO' };

export function findingsOutcome(findings: readonly Finding[]): Outcome {
	const rows = findings.map(({ name, state, says, mend }) => [
		marks[state],
		name,
		mend === undefined ? says : `${says} ${mend}`
	]);
	const isWell = findings.every(({ state }) => state !== 'bad');
	return {
		lines: table(rows),
		json: { well: isWell, findings },
		exit: isWell ? exitCodes.done : exitCodes.refused
	};
}
