/** `keyferry import licenses|customers FILE.csv`: what a vendor sold before. [IM1] */
import { defineCommand } from 'citty';
import { importColumns, type ImportKind } from '#lib/domain/licenses/imported-rows.ts';
import type { Refusal } from '#lib/domain/refusal.ts';
import { asking } from '#server/cli/base/asking.ts';
import { command, hubOrFolder } from '#server/cli/base/command.ts';
import { exitCodes, type Outcome } from '#server/cli/base/outcome.ts';
import { RunningImport, type ImportProblem } from './running-import.ts';

const WIDTH = 30;

/** Over itself, on a terminal alone. */
function showProgress(share: number, rows: number): void {
	if (!process.stderr.isTTY) return;
	const done = Math.round(Math.min(1, share) * WIDTH);
	const bar = `${'█'.repeat(done)}${'░'.repeat(WIDTH - done)}`;
	process.stderr.write(`\r${bar} ${Math.floor(share * 100)} %, ${rows} rows`);
	if (done === WIDTH) process.stderr.write('\n');
}

function importCommandOf(kind: ImportKind, description: string) {
	return command({
		name: kind,
		description,
		args: {
			file: {
				type: 'positional',
				required: true,
				valueHint: 'FILE.csv',
				description: `Columns: ${[...importColumns[kind].needed, ...importColumns[kind].optional].join(', ')}`
			},
			'dry-run': { type: 'boolean', description: 'Say what is wrong, by line, and import nothing' },
			...hubOrFolder
		},
		run: ({ file, 'dry-run': dry, ...place }): Promise<Outcome | Refusal> =>
			asking(place, async (ask) => {
				const dryRun = dry === true;
				const running = new RunningImport(ask, { kind, dryRun, onProgress: showProgress });
				const refusal = await running.take(file);
				const { rows, imported, known, wrong, problems } = running;
				const json = { dryRun, rows, imported, known, wrong, problems };
				const lines = problems.map(sayProblem);
				const more = wrong - new Set(problems.map(({ line }) => line)).size;
				if (more > 0) lines.push(`… and ${more} more lines.`);
				const would = dryRun ? 'would be imported' : 'imported';
				lines.push(
					`${rows} rows: ${imported} ${would}, ${known} there before, ${wrong} with problems.`
				);
				// What was imported stays: the same file again goes on after it.
				if (refusal) return { lines, json, refusals: [refusal] };
				return { lines, json, exit: wrong > 0 ? exitCodes.refused : exitCodes.done };
			})
	});
}

function sayProblem({ line, column, problem, value }: ImportProblem): string {
	const what = column === undefined ? problem : `${column} ${problem}`;
	return `line ${line}: ${what}${value ? ` (${value})` : ''}`;
}

export const importCommand = defineCommand({
	meta: {
		name: 'import',
		description: 'What was sold before: customers, then licenses, from a table'
	},
	subCommands: {
		customers: importCommandOf('customers', 'Import customers, each once by its name'),
		licenses: importCommandOf('licenses', 'Import licenses, each once by its reference')
	}
});
