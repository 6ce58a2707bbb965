/**
 * `npm run test:mutants [-- NAME…]`: breaks the hub on purpose, one promise at a time, and sees to it
 * that the test which guards the promise fails. Works on a copy of what is committed.
 *
 * @module
 */

import { execFileSync, spawn } from 'node:child_process';
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync
} from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPostgres } from './find-postgres.ts';
import { mutants, type Guard, type Mutant } from './mutants/list.ts';
import { root } from './root.ts';

const asked = process.argv.slice(2);
const chosen = mutants.filter(({ name }) => asked.length === 0 || asked.includes(name));
if (chosen.length === 0) {
	console.error(`There is ${mutants.map(({ name }) => name).join(', ')}.`);
	process.exit(2);
}

const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' });
const home = mkdtempSync(join(tmpdir(), 'keyferry-mutants-'));
const copy = join(home, 'checkout');
git('worktree', 'add', '--quiet', '--detach', copy, 'HEAD');
const database = await findPostgres();
mkdirSync(join(copy, '.cache'));
for (const shared of ['node_modules', '.svelte-kit', '.cache/test-tools'])
	if (existsSync(join(root, shared)))
		symlinkSync(join(root, shared), join(copy, shared), 'junction');
const environment = { ...process.env, TEST_DATABASE_URL: database.url };

type Report = { numPassedTests: number; numFailedTests: number };

/** Whether the test passes on the copy as it now is. */
async function passes({ file, test }: Guard): Promise<boolean> {
	const vitest = join(root, 'node_modules/vitest/vitest.mjs');
	// The runner takes a pattern.
	const report = join(home, 'report.json');
	const args = [vitest, 'run', file, '-t', RegExp.escape(test)];
	const run = spawn(process.execPath, [...args, '--reporter=json', `--outputFile=${report}`], {
		cwd: copy,
		env: { ...environment, FAULT_SEED: '1' },
		stdio: 'ignore'
	});
	const [code] = (await once(run, 'close')) as [number | null];
	const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8')) as Report;
	rmSync(report);
	// Where nothing ran, nothing was guarded.
	if (numPassedTests + numFailedTests === 0) throw new Error(`no such test: ${file}: ${test}`);
	return code === 0;
}

async function isKilled({ file, from, to, killedBy }: Mutant): Promise<boolean> {
	const path = join(copy, file);
	const sound = readFileSync(path, 'utf8');
	if (sound.split(from).length !== 2)
		throw new Error(`${file} has changed: say anew what to break`);
	writeFileSync(
		path,
		sound.replace(from, () => to)
	);
	try {
		return !(await passes(killedBy));
	} finally {
		writeFileSync(path, sound);
	}
}

let killed = 0;
try {
	for (const mutant of chosen) {
		// Otherwise a test that always fails would kill everything.
		if (!(await passes(mutant.killedBy)))
			throw new Error(`${mutant.killedBy.test}: fails without any mutant`);
		const dead = await isKilled(mutant);
		if (dead) killed++;
		console.log(`${dead ? 'killed ' : 'ALIVE  '} ${mutant.name}: ${mutant.killedBy.test}`);
	}
} catch (cause) {
	console.error(cause instanceof Error ? cause.message : cause);
} finally {
	await database.stop();
	git('worktree', 'remove', '--force', copy);
	rmSync(home, { recursive: true, force: true });
}
console.log(`mutants: ${killed} of ${chosen.length} killed`);
process.exitCode = killed === chosen.length ? 0 : 1;
