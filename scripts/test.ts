/**
 * `npm test`: what every change must pass, in minutes. `npm run test:faults`: the rest. `--all` runs
 * both. The last line sums up whatever ran.
 *
 * `--only format,lint,types,dead-code,size,unit,journeys,faults,wide,browser,mutants` runs a part of
 * it; what follows `--` goes to the test runner, such as the file to run.
 *
 * @module
 */

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { findChromium } from './find-chromium.ts';
import { findPostgres, type Database } from './find-postgres.ts';
import { readOptions } from './options.ts';
import { root } from './root.ts';
import { emptyTally, firstLine, type Tally } from './tally.ts';

const everyday = ['format', 'types', 'lint', 'dead-code', 'unit', 'size', 'journeys'];
const rest = ['faults', 'wide', 'mutants'];

const { values, positionals } = readOptions({
	options: {
		only: { type: 'string' },
		faults: { type: 'boolean' },
		all: { type: 'boolean' }
	},
	allowPositionals: true
});
const stages = new Set(
	values.only?.split(',') ?? [
		...(values.faults ? [] : everyday),
		...(values.faults || values.all ? rest : [])
	]
);
const total = emptyTally();
// What starts by `#!/usr/bin/env node` starts this Node, even where the system has an older one.
const environment: NodeJS.ProcessEnv = {
	...process.env,
	PATH: [dirname(process.execPath), process.env.PATH].join(delimiter)
};
const bin = (name: string): string => join(root, 'node_modules/.bin', name);
const cache = join(root, '.cache');
mkdirSync(cache, { recursive: true });

/** So many files are named with their time after each suite. */
const SLOWEST = 8;

type Command = { command: string; args: string[]; show?: boolean };
type Ending = { code: number; seconds: string; output: string };

function run({ command, args, show = false }: Command): Promise<Ending> {
	const started = Date.now();
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, {
			cwd: root,
			env: environment,
			stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
			shell: process.platform === 'win32'
		});
		let [found, notices] = ['', ''];
		child.stdout?.on('data', (chunk: Buffer) => (found += chunk.toString()));
		child.stderr?.on('data', (chunk: Buffer) => (notices += chunk.toString()));
		child.on('error', reject);
		child.on('close', (code) => {
			const seconds = ((Date.now() - started) / 1000).toFixed(1);
			// What a check found comes before what it says of itself: the first line is quoted in the end.
			resolve({ code: code ?? 1, seconds, output: found + notices });
		});
	});
}

/** A check counts as one test: it holds or it does not. */
async function check(name: string, command: string, args: string[]): Promise<boolean> {
	const ending = await run({ command, args });
	if (ending.code === 0) total.passed++;
	else {
		total.failed++;
		total.failures.push({ test: name, why: firstLine(ending.output) });
		console.log(ending.output.trim());
	}
	console.log(`${ending.code === 0 ? 'ok' : 'FAILED'}  ${name} (${ending.seconds} s)`);
	return ending.code === 0;
}

/** A runner that reports each of its tests through `tally.ts`. */
async function suite(name: string, command: string, args: string[]): Promise<void> {
	const file = join(cache, `tally-${name}.json`);
	rmSync(file, { force: true });
	environment.KEYFERRY_TALLY = file;
	const ending = await run({ command, args, show: true });
	const tally: Tally = existsSync(file)
		? (JSON.parse(readFileSync(file, 'utf8')) as Tally)
		: { ...emptyTally(), failed: 1 };
	if (ending.code !== 0 && tally.failed === 0) tally.failed = 1;
	total.passed += tally.passed;
	total.failed += tally.failed;
	total.failures.push(...tally.failures);
	total.skipped.push(...tally.skipped);
	total.again.push(...tally.again);
	const state = tally.failed === 0 ? 'ok' : 'FAILED';
	console.log(
		`${state}  ${name}: ${tally.passed} passed, ${tally.failed} failed, ` +
			`${tally.skipped.length} skipped (${ending.seconds} s)`
	);
	const slowest = Object.entries(tally.seconds).sort(([, one], [, other]) => other - one);
	for (const [file, seconds] of slowest.slice(0, SLOWEST))
		console.log(`    ${seconds.toFixed(0).padStart(4)} s  ${file}`);
}

/** Gets what a suite needs; what cannot be had is said and counted, and the suite goes on without. */
async function find<T>(what: string, look: () => T | Promise<T>): Promise<T | undefined> {
	try {
		return await look();
	} catch (cause) {
		const why = cause instanceof Error ? cause.message : String(cause);
		total.skipped.push({ test: what, why });
		return undefined;
	}
}

const wanted = (name: string): boolean => stages.has(name);
const needsDesk = ['unit', 'size', 'journeys', 'browser', ...rest].some(wanted);

async function checkTypes(): Promise<void> {
	await check('types', bin('svelte-check'), ['--fail-on-warnings', '--output', 'human']);
	const domain = ['-p', 'tsconfig.domain.json'];
	await check('types of the domain, without DOM and Node', bin('tsc'), domain);
}

async function checkFormat(): Promise<void> {
	const cached = ['--cache', '--cache-location', '.cache/prettier'];
	await check('format', bin('prettier'), ['--check', '--log-level', 'warn', ...cached, '.']);
}

async function lint(): Promise<void> {
	const strict = ['--type-aware', '--deny-warnings', '--report-unused-disable-directives'];
	await check('lint', bin('oxlint'), strict);
	await check('lint of components', bin('eslint'), ['--max-warnings', '0', '.']);
}

/** Nothing that needs the desk can be asked without it. */
async function build(): Promise<void> {
	const script = join(root, 'scripts/build-desk.ts');
	if (!(await check('build of the desk', process.execPath, [script, 'desk', 'one-file'])))
		throw new Error('The desk could not be built.');
}

/** Of two cores one for each half. */
async function runChecks(): Promise<void> {
	await run({ command: bin('svelte-kit'), args: ['sync'] });
	const read = async () => {
		if (wanted('lint')) await lint();
		if (wanted('format')) await checkFormat();
	};
	const compile = async () => {
		if (wanted('types')) await checkTypes();
		if (wanted('dead-code')) await check('dead code', bin('knip'), ['--no-progress']);
		if (needsDesk) await build();
	};
	await Promise.all([read(), compile()]);
}

/** What users install is what tests start, and it starts sooner than a checkout does. */
async function pack(): Promise<void> {
	const { stageKeyferry } = await import('./pack/keyferry.ts');
	const folder = join(cache, 'installed');
	rmSync(folder, { recursive: true, force: true });
	await stageKeyferry(folder);
	environment.KEYFERRY_PROGRAM = join(folder, 'keyferry.js');
}

/** What waits for processes, disks and browsers more than it computes leaves room for another beside it. */
const WAITING_WORKERS = Math.max(3, availableParallelism());

/** Tests of vitest's `projects`; of a file that is named, wherever it belongs. */
function vitest(name: string, projects: string[], args: string[] = []): Promise<void> {
	const chosen = positionals.length > 0 ? [] : projects.map((project) => `--project=${project}`);
	return suite(name, bin('vitest'), ['run', ...chosen, ...args, ...positionals]);
}

function browser(name: string, args: string[]): Promise<void> {
	const recorded = positionals.length > 0 ? ['--trace=retain-on-failure'] : [];
	return suite(name, bin('playwright'), ['test', ...args, ...recorded, ...positionals]);
}

let database: Database | undefined;

async function runAll(): Promise<void> {
	await runChecks();
	if (!needsDesk) return;
	await pack();
	if (['unit', 'faults', 'mutants'].some(wanted)) {
		database = await find<Database>('PostgreSQL', findPostgres);
		if (database) {
			environment.TEST_DATABASE_URL = database.url;
			console.log(`PostgreSQL: ${database.from}`);
		}
	}
	if (wanted('unit')) await vitest('unit', ['unit', 'hubs']);
	if (wanted('size')) await check('size of the desk', bin('size-limit'), []);
	const chromium = ['journeys', 'browser', 'wide'].some(wanted)
		? await find('browser tests', findChromium)
		: undefined;
	if (chromium) {
		environment.KEYFERRY_CHROMIUM = chromium.executable;
		console.log(`Chromium: ${chromium.from}`);
	}
	if (chromium && wanted('journeys')) await browser('journeys', ['--grep=@journey']);
	if (chromium && wanted('browser')) await browser('browser', []);
	if (wanted('faults'))
		await vitest('faults', ['faults', 'processes'], [`--maxWorkers=${WAITING_WORKERS}`]);
	if (chromium && wanted('wide'))
		await browser('wide', ['--grep-invert=@journey', `--workers=${WAITING_WORKERS}`]);
	// A mutant is in the sources.
	delete environment.KEYFERRY_PROGRAM;
	if (wanted('mutants'))
		await suite('mutants', process.execPath, [join(root, 'scripts/mutants.ts'), '--third']);
}

try {
	await runAll();
} catch (cause) {
	const why = cause instanceof Error ? cause.message : String(cause);
	total.failed++;
	total.failures.push({ test: 'the run itself', why: firstLine(why) });
	console.error(why);
} finally {
	await database?.stop();
}
for (const { test, why } of total.failures) console.log(`failed  ${test}: ${why}`);
for (const test of total.again) console.log(`passed at the second attempt  ${test}`);
for (const { test, why } of total.skipped) console.log(`skipped  ${test}: ${why}`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped.length} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;
