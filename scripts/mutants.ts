/**
 * `npm run test:mutants [-- NAME…]`: breaks the hub on purpose, one promise at a time, and sees to it
 * that the test which guards the promise fails. Works on copies of what is committed, one for each core.
 * `--third` takes a third of them, another one each day; `--third 2` the second.
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
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPostgres } from './find-postgres.ts';
import { mutants, type Guard, type Mutant } from './mutants/list.ts';
import { root } from './root.ts';
import { emptyTally, firstLine, writeTally, type Told } from './tally.ts';

const args = process.argv.slice(2);
const isThird = args[0] === '--third';
const third = Number(args[1] ?? (Math.floor(Date.now() / 86_400_000) % 3) + 1);
const chosen = mutants.filter(({ name }, at) =>
	isThird ? at % 3 === third - 1 : args.length === 0 || args.includes(name)
);
if (chosen.length === 0) {
	console.error(`There is ${mutants.map(({ name }) => name).join(', ')}.`);
	process.exit(2);
}
if (isThird) console.log(`mutants: the third that is number ${third}`);

const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' });
const home = mkdtempSync(join(tmpdir(), 'keyferry-mutants-'));
const database = await findPostgres();
const environment = { ...process.env, TEST_DATABASE_URL: database.url, FAULT_SEED: '1' };

/** Of what is committed, to be broken. @returns Its folder. */
function makeCopy(name: string): string {
	const copy = join(home, name);
	git('worktree', 'add', '--quiet', '--detach', copy, 'HEAD');
	mkdirSync(join(copy, '.cache'));
	for (const shared of [
		...['node_modules', '.svelte-kit'],
		...['.cache/test-tools', '.cache/empty-database']
	])
		if (existsSync(join(root, shared)))
			symlinkSync(join(root, shared), join(copy, shared), 'junction');
	return copy;
}

type Outcome = { title: string; status: string };
type Report = { testResults: { assertionResults: Outcome[] }[] };

/** Runs the guards of some promises on a copy as it now is. @returns What their tests came to. */
async function outcomes(copy: string, guards: readonly Guard[]): Promise<Outcome[]> {
	const vitest = join(root, 'node_modules/vitest/vitest.mjs');
	const report = `${copy}.json`;
	const files = new Set(guards.map(({ file }) => file));
	// The runner takes a pattern.
	const pattern = guards.map(({ test }) => RegExp.escape(test)).join('|');
	const args = [vitest, 'run', ...files, '-t', pattern];
	const run = spawn(process.execPath, [...args, '--reporter=json', `--outputFile=${report}`], {
		cwd: copy,
		env: environment,
		stdio: 'ignore'
	});
	await once(run, 'close');
	const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report;
	rmSync(report);
	return testResults.flatMap(({ assertionResults }) => assertionResults);
}

/** A test that did not run guards nothing; one that a mutant keeps from beginning does not pass either. */
function passes(found: readonly Outcome[], { test }: Guard): boolean {
	const run = found.filter(({ title, status }) => title === test && /passed|failed/.test(status));
	return run.length > 0 && run.every(({ status }) => status === 'passed');
}

async function isKilled(copy: string, { file, from, to, killedBy }: Mutant): Promise<boolean> {
	const path = join(copy, file);
	const sound = readFileSync(path, 'utf8');
	if (sound.split(from).length !== 2)
		throw new Error(`${file} has changed: say anew what to break`);
	writeFileSync(
		path,
		sound.replace(from, () => to)
	);
	try {
		return !passes(await outcomes(copy, [killedBy]), killedBy);
	} finally {
		writeFileSync(path, sound);
	}
}

let killed = 0;
const failures: Told[] = [];
const copies = Array.from({ length: availableParallelism() }, (_, n) => makeCopy(`checkout-${n}`));
try {
	// Otherwise a test that always fails would kill everything.
	const sound = await outcomes(
		copies[0]!,
		chosen.map(({ killedBy }) => killedBy)
	);
	for (const { killedBy } of chosen)
		if (!passes(sound, killedBy))
			throw new Error(`${killedBy.test}: does not pass, or run, without any mutant`);
	const left = chosen.values();
	const breakOnes = async (copy: string) => {
		// Whoever is done takes the next one.
		for (const mutant of left) {
			const dead = await isKilled(copy, mutant);
			if (dead) killed++;
			else failures.push({ test: `mutant ${mutant.name}`, why: `alive: ${mutant.killedBy.test}` });
			console.log(`${dead ? 'killed ' : 'ALIVE  '} ${mutant.name}: ${mutant.killedBy.test}`);
		}
	};
	await Promise.all(copies.map(breakOnes));
} catch (cause) {
	const why = cause instanceof Error ? cause.message : String(cause);
	failures.push({ test: 'mutants', why: firstLine(why) });
	console.error(why);
} finally {
	await database.stop();
	for (const copy of copies) git('worktree', 'remove', '--force', copy);
	rmSync(home, { recursive: true, force: true });
}
writeTally({ ...emptyTally(), passed: killed, failed: chosen.length - killed, failures });
console.log(`mutants: ${killed} of ${chosen.length} killed`);
process.exitCode = killed === chosen.length ? 0 : 1;
