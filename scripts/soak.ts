/**
 * `npm run test:soak [-- --minutes N] [--seed S]`: races, faults and hostile inputs in numbers that
 * `npm test` has no time for. Goes round until the time is over, and without a time until the full
 * numbers are reached. Each round has a seed of its own, which repeats it.
 *
 * @module
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildDesk } from './build-desk.ts';
import { findChromium } from './find-chromium.ts';
import { findPostgres } from './find-postgres.ts';
import { root } from './root.ts';

/** The full numbers, and a tenth of them in each round. */
const ROUNDS = 10;
const full = {
	RACE_ROUNDS: 200,
	FAULT_ROUNDS_HUB: 40,
	FAULT_ROUNDS_POSTGRES: 20,
	FAULT_ROUNDS_PUSH: 300,
	FAULT_ROUNDS_PUSH_KILLED: 200,
	FAULT_ROUNDS_MOVES: 60,
	FAULT_ROUNDS_ORDERS: 100,
	FAULT_ROUNDS_LINE: 1_000,
	FAULT_ROUNDS_PARTITION: 10,
	FAULT_ROUNDS_WORKERS: 20,
	FAULT_ROUNDS_BROWSER: 20,
	FAULT_ROUNDS_FIRST_SYNC: 20,
	FAULT_ROUNDS_SITE: 40,
	FAULT_ROUNDS_PODS: 2_000,
	FAULT_ROUNDS_CUT: 20,
	FUZZ_RUNS: 50_000,
	SEAT_RUNS: 500,
	BLOCK_RUNS: 300,
	HISTORIES: 10_000,
	MODEL_RUNS: 500
};

/** Minutes that the memory of a site server is watched in the first round, where there is the time, and in the others. */
const watched = { first: 10, later: 1 };

/** Each a run of its own, so that the time is kept. */
const steps = [
	'tests/faults',
	'tests/model/embedded.test.ts',
	'tests/model/postgres.test.ts',
	'tests/fuzz',
	'tests/model/seats.test.ts',
	'tests/model/blocks.test.ts',
	'tests/model/both-ways.test.ts',
	'tests/e2e/sync/faults.spec.ts',
	'tests/e2e/sync/first-sync-killed.spec.ts',
	'tests/e2e/sync/desk-update.spec.ts'
];

const { values } = parseArgs({
	options: { minutes: { type: 'string' }, seed: { type: 'string' } }
});
const minutes = values.minutes === undefined ? undefined : Number(values.minutes);
const firstSeed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 32));
if (Number.isNaN(firstSeed) || Number.isNaN(minutes ?? 0)) {
	console.error('Use: npm run test:soak -- --minutes N --seed S');
	process.exit(2);
}

const home = mkdtempSync(join(tmpdir(), 'keyferry-soak-'));
const tally = join(home, 'tally.jsonl');
const report = join(home, 'report.json');
const chromium = findChromium();
buildDesk('desk');
const database = await findPostgres();
let differences = 0;

/** Tests of pages run in a browser, the others in Node. Both write the same report. */
function commandOf(step: string): string[] {
	if (step.startsWith('tests/e2e/'))
		return [
			join(root, 'node_modules/@playwright/test/cli.js'),
			'test',
			step,
			'--reporter=line,json'
		];
	const vitest = join(root, 'node_modules/vitest/vitest.mjs');
	const reporters = ['--reporter=default', '--reporter=json', `--outputFile=${report}`];
	return [vitest, 'run', step, ...reporters];
}

async function run(step: string, seed: number): Promise<void> {
	const tenths = Object.entries(full).map(([name, count]) => [name, String(count / ROUNDS)]);
	rmSync(report, { force: true });
	const started = Date.now();
	const child = spawn(process.execPath, commandOf(step), {
		cwd: root,
		stdio: ['ignore', 'pipe', 'inherit'],
		env: {
			...process.env,
			...(Object.fromEntries(tenths) as Record<string, string>),
			SITE_MINUTES: String(minutesWatched(seed)),
			// A whole product, and not a quarter of one. [P8]
			RELEASE_MIB: '1024',
			TEST_DATABASE_URL: database.url,
			KEYFERRY_CHROMIUM: chromium.executable,
			PLAYWRIGHT_JSON_OUTPUT_NAME: report,
			FAULT_TALLY: tally,
			FAULT_SEED: String(seed),
			FUZZ_SEED: String(seed),
			SEED: String(seed)
		}
	});
	let said = '';
	child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
	const [code] = (await once(child, 'close')) as [number | null];
	const seconds = Math.round((Date.now() - started) / 1000);
	const failed = code === 0 ? 0 : Math.max(1, failedTests());
	differences += failed;
	if (failed > 0) console.log(said);
	console.log(`${failed === 0 ? 'ok     ' : 'FAILED '} ${step}, seed ${seed} (${seconds} s)`);
}

function minutesWatched(seed: number): number {
	const hasTime = minutes === undefined || minutes >= 3 * watched.first;
	return seed === firstSeed && hasTime ? watched.first : watched.later;
}

function failedTests(): number {
	if (!existsSync(report)) return 1;
	type Report = { numFailedTests?: number; stats?: { unexpected: number } };
	const { numFailedTests, stats } = JSON.parse(readFileSync(report, 'utf8')) as Report;
	return numFailedTests ?? stats?.unexpected ?? 1;
}

const end = Date.now() + (minutes ?? 0) * 60_000;
const goesOn = (round: number) => (minutes === undefined ? round < ROUNDS : Date.now() < end);
try {
	for (let round = 0; round === 0 || goesOn(round); round++)
		for (const step of steps) if (round === 0 || goesOn(round)) await run(step, firstSeed + round);
} finally {
	await database.stop();
}

const sum = { faults: 0, commands: 0, activations: 0 };
const lines = existsSync(tally) ? readFileSync(tally, 'utf8').trim().split('\n') : [];
for (const line of lines) {
	const counted = JSON.parse(line) as Partial<typeof sum>;
	for (const name of ['faults', 'commands', 'activations'] as const)
		sum[name] += counted[name] ?? 0;
}
rmSync(home, { recursive: true, force: true });
const { faults, commands, activations } = sum;
console.log(
	`faults: ${faults}, commands: ${commands}, activations: ${activations}, differences: ${differences}`
);
process.exitCode = differences === 0 ? 0 : 1;
